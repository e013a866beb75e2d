/*
 * Plays operations from a file through whatever malloc is preloaded and writes what it reports to another file.
 * Nothing but the operations allocates: tables are static, input and output go through read and write.
 *
 * usage: driver <allocator> <operations> <answers> [arena | threads]
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { ALLOCATE, FREE, REALLOCATE, CALLOCATE, ALIGN, USABLE, CHECKPOINT, TRIM, ADDRESS, THREAD };

typedef struct {
    int32_t kind;
    int32_t alignment;
    int64_t id;
    int64_t bytes;
} operation;

#define BLOCKS (1 << 18)
#define BUFFERED 4096

static void *blocks[BLOCKS];
static operation operations[BUFFERED];
static int64_t answers[BUFFERED];
static int answered;
static int out;

/* Present only with the library that has them. */
extern int mallctl(const char *, void *, size_t *, void *, size_t) __attribute__((weak));
extern int MallocExtension_GetNumericProperty(const char *, size_t *) __attribute__((weak));
extern void MallocExtension_ReleaseFreeMemory(void) __attribute__((weak));
extern void MallocExtension_MarkThreadIdle(void) __attribute__((weak));
extern const char *tc_version(int *, int *, const char **) __attribute__((weak));
extern int mi_version(void) __attribute__((weak));
extern void mi_collect(_Bool) __attribute__((weak));
extern void mi_process_info(size_t *, size_t *, size_t *, size_t *, size_t *, size_t *, size_t *, size_t *)
    __attribute__((weak));

static void flush(void)
{
    const char *from = (const char *)answers;
    size_t left = answered * sizeof answers[0];
    while (left > 0) {
        ssize_t written = write(out, from, left);
        if (written <= 0)
            _exit(3);
        from += written;
        left -= written;
    }
    answered = 0;
}

static void answer(int64_t value)
{
    if (answered == BUFFERED)
        flush();
    answers[answered++] = value;
}

/* jemalloc: an arena and a thread cache of its own, its event counters at zero. */

static unsigned arena;

static size_t statistic(const char *format)
{
    char name[96];
    size_t length = 0;
    for (; *format; format++) {
        if (*format == '#') {
            unsigned digits = arena;
            char text[12];
            int count = 0;
            do
                text[count++] = '0' + digits % 10;
            while (digits /= 10);
            while (count)
                name[length++] = text[--count];
        } else {
            name[length++] = *format;
        }
    }
    name[length] = 0;
    size_t value = 0;
    size_t size = sizeof value;
    if (mallctl(name, &value, &size, 0, 0))
        _exit(4);
    return value;
}

static void start_jemalloc(int own_arena)
{
    void *block = malloc(1 << 20);
    memset(block, 1, 1 << 20);
    free(block);
    if (own_arena) {
        _Bool off = 0;
        _Bool on = 1;
        size_t size = sizeof arena;
        if (mallctl("arenas.create", &arena, &size, 0, 0)
            || mallctl("thread.arena", 0, 0, &arena, sizeof arena)
            || mallctl("thread.tcache.enabled", 0, 0, &off, sizeof off)
            || mallctl("thread.tcache.enabled", 0, 0, &on, sizeof on))
            _exit(4);
    }
}

static void report_jemalloc(void)
{
    uint64_t epoch = 1;
    size_t size = sizeof epoch;
    mallctl("epoch", &epoch, &size, &epoch, sizeof epoch);
    size_t page = 4096;
    answer(statistic("stats.arenas.#.pactive") * page);
    answer(statistic("stats.arenas.#.pdirty") * page);
    answer(statistic("stats.arenas.#.pmuzzy") * page);
    answer(statistic("stats.arenas.#.retained"));
    answer(statistic("stats.arenas.#.small.allocated") + statistic("stats.arenas.#.large.allocated"));
    answer(statistic("stats.arenas.#.tcache_bytes"));
    answer(statistic("stats.allocated"));
    answer(statistic("stats.active"));
    answer(statistic("stats.resident") - statistic("stats.metadata"));
    answer(statistic("stats.mapped") - statistic("stats.metadata"));
}

static void report_tcmalloc(void)
{
    static const char *const names[] = {
        "generic.current_allocated_bytes", "generic.heap_size", "tcmalloc.pageheap_free_bytes",
        "tcmalloc.pageheap_unmapped_bytes", "tcmalloc.central_cache_free_bytes",
        "tcmalloc.transfer_cache_free_bytes", "tcmalloc.thread_cache_free_bytes",
        "tcmalloc.current_total_thread_cache_bytes",
    };
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t value = 0;
        if (!MallocExtension_GetNumericProperty(names[i], &value))
            _exit(4);
        answer(value);
    }
}

/* Resident pages of the process that are no file's, exact; /proc/self/statm lags behind. */
static size_t resident_bytes(void)
{
    static char text[4096];
    int file = open("/proc/self/smaps_rollup", O_RDONLY);
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    text[length > 0 ? length : 0] = 0;
    char *at = strstr(text, "Anonymous:");
    return at ? strtoul(at + 10, 0, 10) * 1024 : 0;
}

static void report_mimalloc(void)
{
    size_t elapsed, user, system, rss, peak_rss, commit, peak_commit, faults;
    mi_process_info(&elapsed, &user, &system, &rss, &peak_rss, &commit, &peak_commit, &faults);
    answer(commit);
    answer(resident_bytes());
}

static void trim(char allocator)
{
    if (allocator == 'j') {
        mallctl("thread.tcache.flush", 0, 0, 0, 0);
        mallctl("arena.4096.purge", 0, 0, 0, 0);
    } else if (allocator == 't') {
        MallocExtension_MarkThreadIdle();
        MallocExtension_ReleaseFreeMemory();
    } else {
        mi_collect(1);
    }
}

static void touch(void *block, int64_t bytes)
{
    if (!block)
        _exit(5);
    memset(block, 0x5a, bytes);
}

static void play(const operation *next, char allocator)
{
    void **block = &blocks[next->id & (BLOCKS - 1)];
    switch (next->kind) {
    case ALLOCATE:
        touch(*block = malloc(next->bytes), next->bytes);
        break;
    case CALLOCATE:
        touch(*block = calloc(1, next->bytes), next->bytes);
        break;
    case ALIGN:
        if (posix_memalign(block, next->alignment, next->bytes))
            _exit(5);
        touch(*block, next->bytes);
        break;
    case REALLOCATE:
        touch(*block = realloc(*block, next->bytes), next->bytes);
        break;
    case FREE:
        free(*block);
        *block = 0;
        break;
    case USABLE:
        answer(malloc_usable_size(*block));
        break;
    case CHECKPOINT:
        if (allocator == 'j')
            report_jemalloc();
        else if (allocator == 't')
            report_tcmalloc();
        else
            report_mimalloc();
        break;
    case ADDRESS:
        answer((int64_t)(intptr_t)*block);
        break;
    case TRIM:
        trim(allocator);
        break;
    }
}

/* Threads take turns: the one whose turn it is plays operations until one of them names the next. */

#define THREADS 4

static pthread_mutex_t turns = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turned = PTHREAD_COND_INITIALIZER;
static int turn;
static int ended;
static int in;
static size_t read_ahead;
static size_t played;
static char allocator;

static const operation *next_operation(void)
{
    if (played == read_ahead) {
        ssize_t length = read(in, operations, sizeof operations);
        if (length < (ssize_t)sizeof operations[0])
            return 0;
        read_ahead = length / sizeof operations[0];
        played = 0;
    }
    return &operations[played++];
}

static void *take_turns(void *number)
{
    pthread_mutex_lock(&turns);
    while (!ended) {
        while (!ended && turn != (int)(intptr_t)number)
            pthread_cond_wait(&turned, &turns);
        const operation *next = 0;
        while (!ended && (next = next_operation()) && next->kind != THREAD)
            play(next, allocator);
        if (!next)
            ended = 1;
        else
            turn = next->id;
        pthread_cond_broadcast(&turned);
    }
    pthread_mutex_unlock(&turns);
    return 0;
}

int main(int count, char **arguments)
{
    if (count < 4)
        return 2;
    allocator = arguments[1][0];
    in = open(arguments[2], O_RDONLY);
    out = open(arguments[3], O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (in < 0 || out < 0)
        return 2;
    if ((allocator == 'j' && !mallctl) || (allocator == 't' && !MallocExtension_GetNumericProperty)
        || (allocator == 'm' && !mi_version))
        return 6;
    /* The driver's own pages are there from the start. */
    for (size_t i = 0; i < BLOCKS; i += 64)
        *(void *volatile *)&blocks[i] = 0;
    for (size_t i = 0; i < BUFFERED; i += 64) {
        *(volatile int32_t *)&operations[i].kind = 0;
        *(volatile int64_t *)&answers[i] = 0;
    }
    resident_bytes();
    /* Resident pages are counted one by one. */
    prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
    if (allocator == 'j')
        start_jemalloc(count > 4 && arguments[4][0] == 'a');
    int major = 0, minor = 0;
    const char *patch = "";
    if (allocator == 't')
        tc_version(&major, &minor, &patch);
    answer(allocator == 'm' ? mi_version() : major * 100 + minor);
    if (count > 4 && arguments[4][0] == 't') {
        pthread_t thread;
        for (int i = 1; i < THREADS; i++) {
            if (pthread_create(&thread, 0, take_turns, (void *)(intptr_t)i))
                return 7;
        }
    }
    take_turns(0);
    flush();
    _exit(0);
}
