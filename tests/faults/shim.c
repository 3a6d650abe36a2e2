/* A disk that fails when told to: stands before the C library's calls (LD_PRELOAD), for files of one folder.

   It counts the changes of files, and at one of them kills the process, tears the write in two, or answers
   with an error; it can keep a log of all changes, from which tests/faults/power.py builds what a power cut
   would leave. fsync is logged, not done: what would be lost without it is the replay's business. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WRITE = 1, CREATE = 2, TRUNCATE = 4, SYNC = 8, RENAME = 16, UNLINK = 32, MKDIR = 64 };
enum { COUNT, KILL, TEAR, FAIL, FAIL_SHORT };
enum { FDS = 4096 };

static struct {
    char folder[4096];
    int mode, error, sticky, log;
    unsigned kinds;
    long at, count;
    double part;
} shim;
static char *paths[FDS]; /* of open files in the folder, by descriptor */

/* -- what Python calls */

void shim_arm(const char *folder, int mode, long at, unsigned kinds, int error, int sticky, double part, int log) {
    strncpy(shim.folder, folder, sizeof shim.folder - 1);
    shim.mode = mode, shim.at = at, shim.kinds = kinds, shim.error = error;
    shim.sticky = sticky, shim.part = part, shim.log = log, shim.count = 0;
}
long shim_count(void) { return shim.count; }

/* -- the log: kind, inode, offset, length, length of the name, then the name and the bytes; one for each change,
   '-' for one that the system refused by itself (a folder whose parent has to be made first) */

static void put(const void *bytes, size_t length) {
    const char *at = bytes;
    while (length) {
        ssize_t done = syscall(SYS_write, shim.log, at, length);
        if (done <= 0) abort();
        at += done, length -= done;
    }
}
static void note(char kind, uint64_t inode, uint64_t offset, const char *name, const void *bytes, uint64_t length) {
    if (shim.log < 0) return;
    struct __attribute__((packed)) {
        char kind;
        uint64_t inode, offset, length;
        uint32_t name;
    } head = {kind, inode, offset, length, name ? strlen(name) : 0};
    int kept = errno;
    put(&head, sizeof head);
    if (name) put(name, head.name);
    if (length) put(bytes, length);
    errno = kept;
}
void shim_note(const char *text) { note('!', 0, 0, text, NULL, 0); }

/* -- which files, and when */

static int inside(const char *path) {
    size_t length = strlen(shim.folder);
    return length && !strncmp(path, shim.folder, length) && (path[length] == '/' || !path[length]);
}
static int watched(int fd) { return fd >= 0 && fd < FDS && paths[fd]; }

/* 0: go on; 1: do a part of it, then die; 2: do a part of it; -1: errno is set */
static int step(unsigned kind) {
    if (!(shim.kinds & kind)) return 0;
    long number = ++shim.count;
    if (!shim.at || number < shim.at || (number > shim.at && !shim.sticky)) return 0;
    if (shim.mode == KILL) kill(getpid(), SIGKILL);
    if (shim.mode == TEAR) {
        if (kind == WRITE) return 1;
        kill(getpid(), SIGKILL);
    }
    if (shim.mode == FAIL_SHORT && number == shim.at && kind == WRITE) return 2;
    if (shim.mode == FAIL || shim.mode == FAIL_SHORT) return errno = shim.error, -1;
    return 0;
}

static uint64_t inode_of(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : found.st_ino;
}
static int is_folder(int fd) {
    struct stat found;
    return !fstat(fd, &found) && S_ISDIR(found.st_mode);
}

/* -- files */

static int opened(int at, const char *path, int flags, mode_t mode) {
    if (!inside(path)) {
        int fd = syscall(SYS_openat, at, path, flags, mode);
        if (watched(fd)) free(paths[fd]), paths[fd] = NULL;
        return fd;
    }
    int there = !syscall(SYS_faccessat, AT_FDCWD, path, F_OK);
    int makes = (flags & O_CREAT) && !there, cuts = (flags & O_TRUNC) && there;
    if (makes && step(CREATE)) return -1;
    if (cuts && step(TRUNCATE)) return -1;
    int fd = syscall(SYS_openat, at, path, flags, mode);
    if (fd < 0 || fd >= FDS) return fd;
    free(paths[fd]);
    paths[fd] = strdup(path);
    if (makes) note('c', inode_of(fd), 0, path, NULL, 0);
    if (cuts) note('t', inode_of(fd), 0, path, NULL, 0);
    return fd;
}
#define MODE(flags, mode)                \
    mode_t mode = 0;                     \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list more;                    \
        va_start(more, flags);           \
        mode = va_arg(more, int);        \
        va_end(more);                    \
    }
int open(const char *path, int flags, ...) { MODE(flags, mode) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags, mode) return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags, mode) return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags, mode) return opened(at, path, flags | O_LARGEFILE, mode); }

int close(int fd) {
    if (watched(fd)) free(paths[fd]), paths[fd] = NULL;
    return syscall(SYS_close, fd);
}

static ssize_t written(int fd, const void *bytes, size_t length, off_t offset, int moves) {
    int how = watched(fd) ? step(WRITE) : 0;
    if (how < 0) return -1;
    if (how) length = (size_t)(length * shim.part);
    off_t at = moves && watched(fd) ? lseek(fd, 0, SEEK_CUR) : offset;
    ssize_t done = moves ? syscall(SYS_write, fd, bytes, length) : syscall(SYS_pwrite64, fd, bytes, length, offset);
    if (how == 1) kill(getpid(), SIGKILL);
    if (done > 0 && watched(fd)) note('w', inode_of(fd), at, paths[fd], bytes, done);
    return done;
}
ssize_t write(int fd, const void *bytes, size_t length) { return written(fd, bytes, length, 0, 1); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return written(fd, bytes, length, offset, 0); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { return written(fd, bytes, length, offset, 0); }

static int cut(int fd, off_t length) {
    if (watched(fd) && step(TRUNCATE)) return -1;
    int done = syscall(SYS_ftruncate, fd, length);
    if (!done && watched(fd)) note('t', inode_of(fd), length, paths[fd], NULL, 0);
    return done;
}
int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

static int synced(int fd, long call) {
    if (!watched(fd)) return syscall(call, fd);
    if (step(SYNC)) return -1;
    note(is_folder(fd) ? 'd' : 's', inode_of(fd), 0, paths[fd], NULL, 0);
    return 0;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

/* A copy inside the kernel is a write like any other. */
ssize_t sendfile(int out, int in, off_t *offset, size_t count) {
    if (!watched(out)) return syscall(SYS_sendfile, out, in, offset, count);
    size_t length = count < (1 << 20) ? count : (1 << 20);
    char *bytes = malloc(length);
    ssize_t got = offset ? pread(in, bytes, length, *offset) : read(in, bytes, length);
    ssize_t done = got > 0 ? write(out, bytes, got) : got;
    if (done > 0 && offset) *offset += done;
    free(bytes);
    return done;
}
ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) { return sendfile(out, in, offset, count); }

/* -- names */

int rename(const char *from, const char *to) {
    if (!inside(to)) return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (step(RENAME)) return -1;
    int done = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (!done) note('r', 0, 0, from, to, strlen(to));
    return done;
}
int unlink(const char *path) {
    if (!inside(path) || syscall(SYS_faccessat, AT_FDCWD, path, F_OK)) return syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (step(UNLINK)) return -1;
    int done = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (!done) note('u', 0, 0, path, NULL, 0);
    return done;
}
int mkdir(const char *path, mode_t mode) {
    if (!inside(path) || !syscall(SYS_faccessat, AT_FDCWD, path, F_OK)) return syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (step(MKDIR)) return -1;
    int done = syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    note(done ? '-' : 'm', 0, 0, path, NULL, 0);
    return done;
}

/* A disk that is full says so when it is asked. */
int statvfs64(const char *path, struct statvfs64 *told) {
    int (*real)(const char *, struct statvfs64 *);
    *(void **)&real = dlsym(RTLD_NEXT, "statvfs64");
    int done = real(path, told);
    if (!done && inside(path) && shim.error == ENOSPC && shim.at && shim.count >= shim.at) told->f_bavail = 0;
    return done;
}
int statvfs(const char *path, struct statvfs *told) { return statvfs64(path, (struct statvfs64 *)told); }
