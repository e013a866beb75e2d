/* What the programs here share: they answer lines about their own malloc, and nothing of that allocates. */
#define _GNU_SOURCE
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

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

static char text[1 << 20];
static unsigned char resident[1 << 20];
static FILE *xml;

static void say(const char *line) {
    for (size_t at = 0, all = strlen(line); at < all;) {
        ssize_t done = write(1, line + at, all - at);
        if (done <= 0)
            _exit(1);
        at += done;
    }
}

static int hear(char *line, int room) {
    for (int at = 0; at < room - 1 && read(0, line + at, 1) == 1; at++) {
        if (line[at] == '\n') {
            line[at] = 0;
            return 1;
        }
    }
    return 0;
}

static void prepare(void) {
    static char buffer[1 << 16];
    xml = fmemopen(text, sizeof text, "w");
    setvbuf(xml, buffer, _IOFBF, sizeof buffer);
}

/* mallinfo2 came with 2.33; before it the fields are 32 bits wide. */
extern __typeof(mallinfo2) mallinfo2 __attribute__((weak));

static void tell_info(void) {
    struct mallinfo2 info = { 0 };
    if (mallinfo2) {
        info = mallinfo2();
    } else {
        #pragma GCC diagnostic ignored "-Wdeprecated-declarations"
        struct mallinfo narrow = mallinfo();
        info.arena = (unsigned)narrow.arena; info.ordblks = (unsigned)narrow.ordblks; info.smblks = (unsigned)narrow.smblks;
        info.hblks = (unsigned)narrow.hblks; info.hblkhd = (unsigned)narrow.hblkhd; info.fsmblks = (unsigned)narrow.fsmblks;
        info.uordblks = (unsigned)narrow.uordblks; info.fordblks = (unsigned)narrow.fordblks;
        info.keepcost = (unsigned)narrow.keepcost;
    }
    snprintf(text, sizeof text, "%zu %zu %zu %zu %zu %zu %zu %zu %zu\n", info.arena, info.ordblks, info.smblks,
        info.hblks, info.hblkhd, info.fsmblks, info.uordblks, info.fordblks, info.keepcost);
    say(text);
}

static int answer(const char *line) {
    unsigned long start, count;
    if (strcmp(line, "info") == 0) {
        tell_info();
    } else if (strcmp(line, "xml") == 0) {
        rewind(xml);
        malloc_info(0, xml);
        fflush(xml);
        for (char *at = text; *at; at++)
            *at = *at == '\n' ? ' ' : *at;
        say(text);
        say("\n");
    } else if (strcmp(line, "trim") == 0) {
        malloc_trim(0);
        say("trimmed\n");
    } else if (sscanf(line, "pages %lx %lu", &start, &count) == 2) {
        if (count > sizeof text - 2 || mincore((void *)start, count * 4096, resident) != 0)
            _exit(2);
        for (unsigned long i = 0; i < count; i++)
            text[i] = '0' + (resident[i] & 1);
        text[count] = '\n';
        text[count + 1] = 0;
        say(text);
    } else {
        return 0;
    }
    return 1;
}

static unsigned state = 12345;

static unsigned next_random(unsigned *state) {
    *state = *state * 1103515245 + 12345;
    return *state >> 16;
}

/* The smallest blocks there are, one behind the other; their addresses are kept outside of the heap. */
static void **make_smallest(int count) {
    void **blocks = mmap(0, count * sizeof *blocks, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (blocks == MAP_FAILED)
        _exit(3);
    for (int i = 0; i < count; i++)
        memset(blocks[i] = malloc(24), 1, 24);
    return blocks;
}
