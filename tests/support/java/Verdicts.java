import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Asks the veraPDF core about many files in one process.
 * In, a line each: flavour TAB file. Out, a line each: "yes" or "no" or "error", then TAB and a reason for each broken rule.
 */
final class Verdicts {
    public static void main(String[] arguments) throws Exception {
        // The libraries print to standard output now and then; only our answers may stand there
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] asked = line.split("\t", 2);
            answers.println(answer(PDFAFlavour.fromString(asked[0]), asked[1]));
        }
    }

    private static String answer(PDFAFlavour flavour, String file) {
        try (InputStream in = new FileInputStream(file);
             PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            TreeSet<String> reasons = new TreeSet<>();
            for (TestAssertion found : result.getTestAssertions()) {
                if (found.getStatus() == TestAssertion.Status.FAILED) {
                    reasons.add(oneLine(found.getRuleId().getClause() + "-" + found.getRuleId().getTestNumber() + " " + found.getMessage()));
                }
            }
            return (result.isCompliant() ? "yes" : "no") + (reasons.isEmpty() ? "" : "\t" + String.join("\t", reasons));
        } catch (Exception error) {
            return "error\t" + oneLine(String.valueOf(error));
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
