/*
 * Plays allocations on the memory of a fresh Lua state and prints where they went.
 *
 * luajit-driver <library> <operations file> <seed>
 *
 * The state's own blocks are freed first, so that the heap is as its creation left it. The file holds operations of 16
 * bytes: block number (4), 0 (4), bytes (8); bytes 0 frees. With seed 0 the kernel places mappings; otherwise the driver
 * does, at random: behind the last mapping, in front of it, or apart from all others, one of them preferred for a while.
 *
 * Output, addresses relative to the heap's first byte:
 *   base                      the heap is ready
 *   m <address> <bytes>       a mapping was made
 *   u <address> <bytes>       a mapping was removed
 *   r <address> <old> <new> <address>   a mapping was resized
 *   p <address>               an operation's result; -1 for a null pointer
 *   s <victim> <top>          at the end, read from the heap's record: bytes of the designated victim and of top
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef void *(*allocation_function)(void *state, void *block, size_t old_bytes, size_t bytes);

enum { MAX_MAPPINGS = 1 << 16, STATE_BYTES = 872, RELEASE_INTERVAL = 255, CHUNK_OVERHEAD = 16 };

/* The start of the allocator's own record. */
struct heap_record {
    uint32_t small_map, tree_map;
    size_t victim_bytes, top_bytes;
    char *victim, *top;
    size_t trim_check, release_checks;
};

static const size_t reserved_bytes = (size_t)64 << 30;
static char *reserved, *base;
static uint64_t random_state;
static int is_recording;
static struct { char *start, *end; } mappings[MAX_MAPPINGS];
static int mapping_count;
static char *last_start, *last_end;

static void fail(const char *why)
{
    fprintf(stderr, "%s\n", why);
    exit(1);
}

static uint64_t draw(uint64_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state % below;
}

static int is_free(char *start, size_t bytes)
{
    if (start < reserved || start + bytes > reserved + reserved_bytes)
        return 0;
    for (int i = 0; i < mapping_count; i++)
        if (start < mappings[i].end && mappings[i].start < start + bytes)
            return 0;
    return 1;
}

static char *choose(size_t bytes)
{
    static uint64_t preferred, left = 60;
    if (!left--) {
        preferred = draw(3);
        left = 60;
    }
    uint64_t choice = draw(8) ? preferred : draw(3);
    if (choice == 0 && last_end && is_free(last_end, bytes))
        return last_end;
    if (choice == 1 && last_start && is_free(last_start - bytes, bytes))
        return last_start - bytes;
    for (;;) {
        char *start = reserved + (draw((reserved_bytes - bytes) >> 12) << 12);
        if (is_free(start, bytes))
            return start;
    }
}

static void forget(char *start)
{
    for (int i = 0; i < mapping_count; i++)
        if (mappings[i].start == start)
            mappings[i--] = mappings[--mapping_count];
}

static void remember(char *start, size_t bytes)
{
    if (mapping_count == MAX_MAPPINGS)
        fail("too many mappings");
    mappings[mapping_count].start = start;
    mappings[mapping_count++].end = start + bytes;
    last_start = start;
    last_end = start + bytes;
}

static void reserve(char *start, size_t bytes)
{
    syscall(SYS_mmap, start, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
}

/* The library's calls reach these three first. */
void *mmap64(void *hint, size_t bytes, int protection, int flags, int file, off_t offset)
{
    if (!random_state || file != -1)
        hint = (void *)syscall(SYS_mmap, hint, bytes, protection, flags, file, offset);
    else {
        char *start = choose(bytes);
        hint = (void *)syscall(SYS_mmap, start, bytes, protection, flags | MAP_FIXED, -1, 0);
        remember(start, bytes);
    }
    if (is_recording)
        printf("m %ld %zu\n", (long)((char *)hint - base), bytes);
    return hint;
}

int munmap(void *start, size_t bytes)
{
    if (random_state && is_recording) {
        reserve(start, bytes);
        for (int i = 0; i < mapping_count; i++)
            if (mappings[i].start >= (char *)start && mappings[i].start < (char *)start + bytes)
                mappings[i--] = mappings[--mapping_count];
    } else
        syscall(SYS_munmap, start, bytes);
    if (is_recording)
        printf("u %ld %zu\n", (long)((char *)start - base), bytes);
    return 0;
}

void *mremap(void *start, size_t bytes, size_t new_bytes, int flags, ...)
{
    void *moved = start;
    if (!random_state)
        moved = (void *)syscall(SYS_mremap, start, bytes, new_bytes, flags, 0);
    else if (new_bytes < bytes) {
        reserve((char *)start + new_bytes, bytes - new_bytes);
        for (int i = 0; i < mapping_count; i++) {
            char *cut = (char *)start + new_bytes;
            if (mappings[i].start >= cut && mappings[i].start < (char *)start + bytes)
                mappings[i--] = mappings[--mapping_count];
            else if (mappings[i].start < cut && mappings[i].end > cut)
                last_end = mappings[i].end = cut;
        }
    } else if (new_bytes > bytes && (flags & MREMAP_MAYMOVE) && draw(4)) {
        char *target = choose(new_bytes);
        moved = (void *)syscall(SYS_mremap, start, bytes, new_bytes, flags | MREMAP_FIXED, target);
        if (moved != MAP_FAILED) {
            forget(start);
            reserve(start, bytes);
            remember(moved, new_bytes);
        }
    } else if (new_bytes > bytes) {
        errno = ENOMEM;
        moved = MAP_FAILED;
    }
    if (is_recording)
        printf("r %ld %zu %zu %ld\n", (long)((char *)start - base), bytes, new_bytes,
            moved == MAP_FAILED ? -1L : (long)((char *)moved - base));
    return moved;
}

static size_t head_of(char *chunk) { return *(size_t *)(chunk + 8); }

static size_t bytes_of(char *chunk) { return head_of(chunk) & ~(size_t)3; }

/* Frees everything the state holds, from the top down, and turns the counter of large frees to its start. */
static void empty(allocation_function allocate, struct heap_record *heap)
{
    char *first = base + ((STATE_BYTES + 8 + 7) & ~7);
    if ((char *)heap != base + CHUNK_OVERHEAD || base + bytes_of(base) != first)
        fail("the allocator's record has another size");
    while (heap->top != first) {
        char *last = first;
        for (char *chunk = first; chunk < heap->top; chunk += bytes_of(chunk))
            if (head_of(chunk) & 2)
                last = chunk;
        allocate(heap, last + CHUNK_OVERHEAD, 0, 0);
    }
    while (heap->release_checks != RELEASE_INTERVAL) {
        void *large = allocate(heap, NULL, 0, 1000), *guard = allocate(heap, NULL, 0, 24);
        allocate(heap, large, 0, 0);
        allocate(heap, guard, 0, 0);
    }
    if (heap->small_map || heap->tree_map || heap->victim_bytes)
        fail("the heap of a fresh state cannot be emptied");
}

int main(int argc, char **argv)
{
    static char buffer[1 << 20];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    if (argc != 4)
        fail("usage: luajit-driver <library> <operations> <seed>");
    void *library = dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL);
    if (!library)
        fail(dlerror());
    void *(*new_state)(void) = (void *(*)(void))dlsym(library, "luaL_newstate");
    allocation_function (*allocator_of)(void *, void **) =
        (allocation_function (*)(void *, void **))dlsym(library, "lua_getallocf");

    int file = open(argv[2], O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status))
        fail("the operations cannot be read");
    int64_t *operations = malloc(status.st_size + 1);
    if (read(file, operations, status.st_size) != status.st_size)
        fail("the operations cannot be read");
    size_t count = status.st_size / 16;

    uint64_t seed = strtoull(argv[3], NULL, 10);
    if (seed) {
        reserved = (char *)syscall(SYS_mmap, NULL, reserved_bytes, PROT_NONE,
            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        random_state = seed * 0x9E3779B97F4A7C15u;
    }

    void *state = new_state(), *heap = NULL;
    if (!state)
        fail("no state");
    allocation_function allocate = allocator_of(state, &heap);
    base = (char *)((uintptr_t)heap & ~(uintptr_t)4095);
    empty(allocate, heap);
    printf("base\n");
    is_recording = 1;

    void **blocks = calloc(count + 1, sizeof *blocks);
    size_t *sizes = calloc(count + 1, sizeof *sizes);
    for (size_t i = 0; i < count; i++) {
        size_t block = (uint32_t)operations[2 * i], bytes = operations[2 * i + 1];
        blocks[block] = allocate(heap, blocks[block], sizes[block], bytes);
        sizes[block] = bytes;
        printf("p %ld\n", blocks[block] ? (long)((char *)blocks[block] - base) : -1L);
    }
    struct heap_record *record = heap;
    printf("s %zu %zu\n", record->victim_bytes, record->top_bytes);
    fflush(stdout);
    _exit(0);
}
