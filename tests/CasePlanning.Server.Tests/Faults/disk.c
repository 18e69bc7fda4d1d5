/*
 * A disk that can lose its power, or become read-only, under one SQLite database of one process.
 *
 * It is loaded before the C library. Of the database and its write-ahead log it keeps a shadow, which holds what has been written
 * and then synced, and nothing else: what a disk holds after its power was cut, when it had kept nothing that it was not told to.
 *
 *   DISK_FILE     the database's path
 *   DISK_SHADOW   the directory of the shadows; none are kept without it
 *   DISK_FORGETS  "wal" for a disk that says that it has synced the log, and has not
 *   DISK_SWITCH   while there is a file of this name, the disk is read-only
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_FILES 65536

struct range { off_t at; size_t length; };

struct mirrored {
    char path[PATH_MAX], shadow[PATH_MAX];
    int forgets, to;
    struct range *dirty;
    size_t count, room;
};

static struct mirrored files[2];
static unsigned char which[MOST_FILES]; /* 0 for all others, or 1 + the place in files */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *readonly;
static int ready;

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);

static void begin(void)
{
    if (real_open)
        return;
    real_close = dlsym(RTLD_NEXT, "close");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_open = dlsym(RTLD_NEXT, "open64");
}

__attribute__((constructor)) static void set_up(void)
{
    const char *file = getenv("DISK_FILE"), *shadow = getenv("DISK_SHADOW"), *forgets = getenv("DISK_FORGETS");
    begin();
    readonly = getenv("DISK_SWITCH");
    if (!file)
        return;
    for (int i = 0; i < 2; i++) {
        const char *name = strrchr(file, '/'), *end = i ? "-wal" : "";
        snprintf(files[i].path, PATH_MAX, "%s%s", file, end);
        if (shadow)
            snprintf(files[i].shadow, PATH_MAX, "%s%s%s", shadow, name, end);
        files[i].forgets = i && forgets && !strcmp(forgets, "wal");
        files[i].to = -1;
    }
    ready = 1;
}

static struct mirrored *of(int fd)
{
    return ready && fd >= 0 && fd < MOST_FILES && which[fd] ? &files[which[fd] - 1] : NULL;
}

static int refuses(void)
{
    if (!readonly || access(readonly, F_OK))
        return 0;
    errno = EROFS;
    return 1;
}

static void remember(struct mirrored *file, off_t at, size_t length)
{
    if (!file->shadow[0])
        return;
    pthread_mutex_lock(&turn);
    if (file->count == file->room) {
        file->room = file->room ? 2 * file->room : 256;
        file->dirty = realloc(file->dirty, file->room * sizeof *file->dirty);
        if (!file->dirty)
            abort();
    }
    file->dirty[file->count++] = (struct range){ at, length };
    pthread_mutex_unlock(&turn);
}

static void reach_shadow(struct mirrored *file, int fd)
{
    static char page[1 << 16];
    struct stat now;
    if (!file->shadow[0] || file->forgets)
        return;
    pthread_mutex_lock(&turn);
    if (file->to < 0)
        file->to = real_open(file->shadow, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file->to < 0 || fstat(fd, &now))
        abort();
    for (size_t i = 0; i < file->count; i++) {
        off_t at = file->dirty[i].at, end = at + (off_t)file->dirty[i].length;
        while (at < end) {
            size_t want = end - at < (off_t)sizeof page ? (size_t)(end - at) : sizeof page;
            ssize_t got = pread(fd, page, want, at);
            if (got <= 0)
                break; /* cut off since */
            if (real_pwrite(file->to, page, (size_t)got, at) != got)
                abort();
            at += got;
        }
    }
    file->count = 0;
    if (real_ftruncate(file->to, now.st_size))
        abort();
    pthread_mutex_unlock(&turn);
}

static int opened(const char *path, int fd)
{
    if (!ready || fd < 0 || fd >= MOST_FILES)
        return fd;
    which[fd] = 0;
    for (int i = 0; i < 2; i++)
        if (!strcmp(path, files[i].path))
            which[fd] = (unsigned char)(1 + i);
    return fd;
}

static int writes_database(const char *path, int flags)
{
    return ready && (flags & (O_WRONLY | O_RDWR | O_CREAT)) && !strncmp(path, files[0].path, strlen(files[0].path));
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    mode_t mode = 0;
    begin();
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        va_end(more);
    }
    if (writes_database(path, flags) && refuses())
        return -1;
    return opened(path, real_open(path, flags, mode));
}

int open(const char *path, int flags, ...) __attribute__((alias("open64")));

int close(int fd)
{
    begin();
    if (fd >= 0 && fd < MOST_FILES)
        which[fd] = 0;
    return real_close(fd);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    struct mirrored *file = of(fd);
    begin();
    if (!file)
        return real_write(fd, bytes, length);
    if (refuses())
        return -1;
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t written = real_write(fd, bytes, length);
    if (written > 0)
        remember(file, at, (size_t)written);
    return written;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at)
{
    struct mirrored *file = of(fd);
    begin();
    if (!file)
        return real_pwrite(fd, bytes, length, at);
    if (refuses())
        return -1;
    ssize_t written = real_pwrite(fd, bytes, length, at);
    if (written > 0)
        remember(file, at, (size_t)written);
    return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) __attribute__((alias("pwrite64")));

int ftruncate64(int fd, off_t length)
{
    begin();
    if (of(fd) && refuses())
        return -1;
    return real_ftruncate(fd, length);
}

int ftruncate(int fd, off_t length) __attribute__((alias("ftruncate64")));

int fsync(int fd)
{
    begin();
    int failed = real_fsync(fd);
    if (!failed && of(fd))
        reach_shadow(of(fd), fd);
    return failed;
}

int fdatasync(int fd)
{
    begin();
    int failed = real_fdatasync(fd);
    if (!failed && of(fd))
        reach_shadow(of(fd), fd);
    return failed;
}

int unlink(const char *path)
{
    begin();
    for (int i = 0; ready && i < 2; i++) {
        if (strcmp(path, files[i].path) || !files[i].shadow[0])
            continue;
        pthread_mutex_lock(&turn);
        if (files[i].to >= 0)
            real_close(files[i].to);
        files[i].to = -1;
        files[i].count = 0;
        real_unlink(files[i].shadow);
        pthread_mutex_unlock(&turn);
    }
    return real_unlink(path);
}
