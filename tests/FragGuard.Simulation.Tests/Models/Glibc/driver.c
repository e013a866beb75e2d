/* Plays a file of operations against the malloc of the C library it runs with and writes down what came of each.

   driver <operations> <results> play|fill|time

   play does what the operations say; fill also writes every byte of every block; time only prints nanoseconds per
   operation. Operations and results are arrays in the machine's own byte order: see struct operation, and place().
   Everything of the driver's own lies in static memory or mappings, so that the heap belongs to the operations. Threads
   are started before the first operation and run one at a time, each when the next operation is its own. */

#define _GNU_SOURCE
#include <fcntl.h>
#include <gnu/libc-version.h>
#include <linux/futex.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <time.h>
#include <unistd.h>

enum { MALLOC, CALLOC, REALLOC, MEMALIGN, FREE, TRIM, INFO, RESIDENT };
enum { PAGE = 4096, MAX_SLOTS = 1 << 20, MAX_THREADS = 256, MAX_ARENAS = 256 };

struct operation {
    uint8_t kind;
    uint8_t alignment_shift;
    uint16_t thread;
    uint32_t slot;
    uint64_t bytes;
};

#define HEAP_BYTES (64UL << 20)
#define BREAK_ALIGNMENT (1UL << 20)
#define NO_MEMORY UINT64_MAX
#define MAPPED (1UL << 63)
#define IN_HEAP (1UL << 62)

/* How the record at the start of each heap begins. */
struct heap { const void *arena; const struct heap *previous; };

/* Fields of mallinfo2 in their order; the older mallinfo has the same ones, as int. */
struct info { uint64_t field[10]; };
extern struct mallinfo2 mallinfo2(void) __attribute__((weak));

static struct operation *operations;
static uint64_t *results;
static size_t count, written;
static int fills, threads;
static uintptr_t heap_start;
static const void *arenas[MAX_ARENAS];
static int arena_count;
static void *slots[MAX_SLOTS];
static unsigned char presence[(1 << 30) / PAGE];
static int turn[MAX_THREADS];
static size_t next_operation;
static int finished;

static void fail(const char *what)
{
    if (write(2, what, strlen(what)) < 0 || write(2, "\n", 1) < 0)
        _exit(3);
    _exit(2);
}

static void *map_file(const char *path, size_t bytes, size_t *size)
{
    int file = open(path, O_RDWR | O_CREAT, 0600);
    if (file < 0 || (bytes > 0 && ftruncate(file, bytes) != 0))
        fail("cannot open a file");
    off_t end = lseek(file, 0, SEEK_END);
    if (size)
        *size = end;
    void *memory = mmap(0, end, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED)
        fail("cannot map a file");
    close(file);
    return memory;
}

static struct info info(void)
{
    struct info result;
    if (mallinfo2) {
        struct mallinfo2 now = mallinfo2();
        memcpy(&result, &now, sizeof result);
    } else {
        struct mallinfo now = mallinfo();
        int fields[10];
        memcpy(fields, &now, sizeof fields);
        for (int i = 0; i < 10; i++)
            result.field[i] = fields[i];
    }
    return result;
}

/* Where a block lies: its distance from the first program break; or IN_HEAP, the number of its arena in the order of
   their first blocks, how many heaps of that arena come before its own, and its distance from the heap's start; or MAPPED
   and the size of its chunk. */
static uint64_t place(void *block)
{
    if (!block)
        return NO_MEMORY;
    uint64_t size = ((uint64_t *)block)[-1];
    if (size & 2)
        return MAPPED | (size & ~7UL);
    if (!(size & 4))
        return (uintptr_t)block - heap_start;
    const struct heap *heap = (const struct heap *)((uintptr_t)block & ~(HEAP_BYTES - 1));
    int arena = 0;
    while (arena < arena_count && arenas[arena] != heap->arena)
        arena++;
    if (arena == arena_count) {
        if (arena_count == MAX_ARENAS)
            fail("too many arenas");
        arenas[arena_count++] = heap->arena;
    }
    uint64_t before = 0;
    for (const struct heap *other = heap->previous; other; other = other->previous)
        before++;
    return IN_HEAP | (uint64_t)arena << 44 | before << 32 | ((uintptr_t)block - (uintptr_t)heap);
}

static uint64_t present(uintptr_t from, size_t bytes)
{
    uint64_t pages = 0;
    if (bytes > sizeof presence * PAGE)
        fail("too much memory to look at");
    if (bytes == 0 || mincore((void *)from, bytes, presence) != 0)
        return 0;
    for (size_t i = 0; i < (bytes + PAGE - 1) / PAGE; i++)
        pages += presence[i] & 1;
    return pages;
}

/* The heap that ends in an arena's top, which the arena's record has in its 13th word. */
static const struct heap *last_heap(const void *arena)
{
    return (const struct heap *)(((const uintptr_t *)arena)[12] & ~(HEAP_BYTES - 1));
}

/* Pages of the program break, of the heaps of each arena up to the last, and of every live mapping. */
static uint64_t resident(void)
{
    uint64_t pages = present(heap_start, (uintptr_t)sbrk(0) - heap_start);
    for (size_t slot = 0; slot < MAX_SLOTS; slot++) {
        const uint64_t *block = slots[slot];
        if (block && block[-1] & 2)
            pages += present((uintptr_t)block - 16 - block[-2], block[-2] + (block[-1] & ~7UL));
    }
    for (int arena = 0; arena < arena_count; arena++)
        for (const struct heap *heap = last_heap(arenas[arena]); heap; heap = heap->previous)
            pages += present((uintptr_t)heap, HEAP_BYTES);
    return pages;
}

static void play(const struct operation *o)
{
    void *block;
    switch (o->kind) {
    case MALLOC: block = malloc(o->bytes); break;
    case CALLOC: block = calloc(1, o->bytes); break;
    case REALLOC: block = realloc(slots[o->slot], o->bytes); break;
    case MEMALIGN: block = memalign(1UL << o->alignment_shift, o->bytes); break;
    case FREE: free(slots[o->slot]); slots[o->slot] = 0; return;
    case TRIM: malloc_trim(0); return;
    case RESIDENT: results[written++] = resident(); return;
    default: {
        struct info now = info();
        memcpy(results + written, &now, sizeof now);
        written += 10;
        return;
    }
    }
    results[written++] = place(block);
    if (!block && o->kind == REALLOC && o->bytes > 0)
        return;
    slots[o->slot] = block;
    if (block && fills)
        memset(block, 1, o->bytes > 0 ? o->bytes : 1);
}

static void wake(int thread)
{
    __atomic_store_n(&turn[thread], 1, __ATOMIC_RELEASE);
    syscall(SYS_futex, &turn[thread], FUTEX_WAKE, 1, 0, 0, 0);
}

static void wait_for_turn(int thread)
{
    while (!__atomic_exchange_n(&turn[thread], 0, __ATOMIC_ACQUIRE))
        syscall(SYS_futex, &turn[thread], FUTEX_WAIT, 0, 0, 0, 0);
}

/* Plays on until the next operation is another thread's, then waits for the next turn. */
static void run(int thread)
{
    for (;;) {
        while (next_operation < count && operations[next_operation].thread == thread)
            play(&operations[next_operation++]);
        if (next_operation == count && !finished) {
            finished = 1;
            for (int other = 0; other < threads; other++)
                if (other != thread)
                    wake(other);
        }
        if (finished)
            return;
        wake(operations[next_operation].thread);
        wait_for_turn(thread);
    }
}

static void *run_thread(void *thread)
{
    wait_for_turn((int)(intptr_t)thread);
    if (!finished)
        run((int)(intptr_t)thread);
    for (;;)
        pause();
    return 0;
}

static void time_operations(void)
{
    enum { ROUNDS = 20 };
    struct timespec from, to;
    for (int round = 0; round <= ROUNDS; round++) {
        if (round == 1)
            clock_gettime(CLOCK_MONOTONIC, &from);
        for (size_t i = 0; i < count; i++) {
            const struct operation *o = &operations[i];
            if (o->kind == MALLOC)
                slots[o->slot] = malloc(o->bytes);
            else
                free(slots[o->slot]);
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    uint64_t picoseconds = ((to.tv_sec - from.tv_sec) * 1000000000L + to.tv_nsec - from.tv_nsec) * 1000 / (ROUNDS * count);
    results[0] = picoseconds;
}

/* The results begin with the version (minor), the number of cores, the number of threads besides the first, and for each
   of them the bytes in use after it was started. */
static void start(void)
{
    const char *version = gnu_get_libc_version() + 2;
    while (*version >= '0' && *version <= '9')
        results[written] = results[written] * 10 + (*version++ - '0');
    written++;
    results[written++] = get_nprocs();
    results[written++] = threads;
    for (int thread = 1; thread <= threads; thread++) {
        pthread_t handle;
        pthread_attr_t attributes;
        pthread_attr_init(&attributes);
        pthread_attr_setstacksize(&attributes, 256 << 10);
        if (pthread_create(&handle, &attributes, run_thread, (void *)(intptr_t)thread) != 0)
            fail("cannot start a thread");
        results[written++] = info().field[7];
    }
    threads++;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        fail("driver <operations> <results> play|fill|time");
    prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
    if (info().field[0] != 0)
        fail("something was allocated before the first operation");
    uintptr_t end = (uintptr_t)sbrk(0);
    if (sbrk((end + BREAK_ALIGNMENT - 1) / BREAK_ALIGNMENT * BREAK_ALIGNMENT - end) == (void *)-1)
        fail("cannot align the program break");
    heap_start = (uintptr_t)sbrk(0);

    size_t bytes;
    operations = map_file(argv[1], 0, &bytes);
    count = bytes / sizeof *operations;
    size_t most = 3 + MAX_THREADS;
    for (size_t i = 0; i < count; i++) {
        most += operations[i].kind == INFO ? 10 : 1;
        if (operations[i].slot >= MAX_SLOTS || operations[i].thread >= MAX_THREADS)
            fail("an operation is out of range");
        if (operations[i].thread > threads)
            threads = operations[i].thread;
    }
    results = map_file(argv[2], most * sizeof *results, 0);
    fills = argv[3][0] == 'f';
    if (argv[3][0] == 't') {
        time_operations();
        return 0;
    }
    start();
    if (next_operation < count)
        run(0);
    _exit(0);
}

#ifdef OWN_START
/* Against a C library other than the system's there is no start-up code to link. */
__asm__(".globl _start\n"
        "_start:\n"
        "xor %ebp, %ebp\n"
        "mov %rdx, %r9\n"
        "mov (%rsp), %rsi\n"
        "lea 8(%rsp), %rdx\n"
        "lea main(%rip), %rdi\n"
        "xor %ecx, %ecx\n"
        "xor %r8d, %r8d\n"
        "and $-16, %rsp\n"
        "push %rax\n"
        "push %rsp\n"
        "call *__libc_start_main@GOTPCREL(%rip)\n"
        "hlt\n");
#endif
