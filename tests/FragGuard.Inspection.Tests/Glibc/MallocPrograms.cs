namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>
/// C programs that use malloc in a known way, say what their own malloc counts, and stand still until the next line. They
/// answer <c>info</c> with the fields of mallinfo2, <c>xml</c> with malloc_info on one line, <c>trim</c>, and
/// <c>pages &lt;start&gt; &lt;count&gt;</c> with one digit for each page, by mincore. Nothing of that allocates.
/// </summary>
internal static class MallocPrograms
{
    private const string Serving =
        """
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

        """;

    /// <summary>Threads that leave behind used blocks, holes, blocks in their caches and in fastbins, and mappings.</summary>
    public const string Threaded = Serving +
        """
        #define THREADS 6
        #define BLOCKS 20000

        static pthread_barrier_t filled, ended;
        static char *kept[THREADS + 1][BLOCKS];
        static char *mapped[5];

        static void fill(int self) {
            unsigned state = 12345 + self;
            char **blocks = kept[self];
            for (int i = 0; i < BLOCKS; i++) {
                size_t bytes = next_random(&state) % 97 == 0 ? 20000 + next_random(&state) : 16 + next_random(&state) % 1500;
                blocks[i] = malloc(bytes);
                memset(blocks[i], 1, bytes);
            }
            for (int i = 0; i < BLOCKS; i++) {
                if (next_random(&state) % 3 != 0 || (i > BLOCKS / 4 && i < BLOCKS / 2)) {
                    free(blocks[i]);
                    blocks[i] = 0;
                }
            }
            for (int i = 0; i < 60; i++)
                blocks[i] = blocks[i] ? blocks[i] : malloc(24 + i % 5 * 16);
            for (int i = 0; i < 60; i++) {
                if (i % 3) {
                    free(blocks[i]);
                    blocks[i] = 0;
                }
            }
        }

        static void *work(void *argument) {
            fill((int)(intptr_t)argument);
            pthread_barrier_wait(&filled);
            pthread_barrier_wait(&ended);
            return 0;
        }

        int main(void) {
            static char line[256];
            pthread_t threads[THREADS];
            prepare();
            pthread_barrier_init(&filled, 0, THREADS + 1);
            pthread_barrier_init(&ended, 0, THREADS + 1);
            for (int i = 0; i < 5; i++) {
                mapped[i] = malloc(300000 + i * 100000);
                memset(mapped[i], 1, 150000);
            }
            fill(0);
            for (int i = 0; i < THREADS; i++)
                pthread_create(&threads[i], 0, work, (void *)(intptr_t)(i + 1));
            pthread_barrier_wait(&filled);
            say("ready\n");
            while (hear(line, sizeof line))
                answer(line);
            pthread_barrier_wait(&ended);
            return 0;
        }
        """;

    /// <summary>
    /// One thread. <c>free &lt;bytes&gt; &lt;count&gt;</c> allocates that many blocks and frees them again, all at the end.
    /// </summary>
    public const string Single = Serving +
        """
        int main(void) {
            static char line[256];
            static void *volatile blocks[65536];
            unsigned long bytes, count;
            prepare();
            blocks[0] = malloc(1);
            free(blocks[0]);
            say("ready\n");
            while (hear(line, sizeof line)) {
                if (answer(line) || sscanf(line, "free %lu %lu", &bytes, &count) != 2)
                    continue;
                for (unsigned long i = 0; i < count; i++)
                    memset(blocks[i] = malloc(bytes), 1, bytes);
                for (unsigned long i = 0; i < count; i++)
                    free(blocks[i]);
                say("freed\n");
            }
            return 0;
        }
        """;

    /// <summary>Someone else takes memory from the program's break between allocations.</summary>
    public const string ForeignBreak = Serving +
        """
        int main(void) {
            static char line[256];
            static void *blocks[2000];
            prepare();
            memset(sbrk(3 * 4096 + 272), 0xff, 3 * 4096 + 272);
            for (int i = 0; i < 2000; i++) {
                blocks[i] = malloc(100 + next_random(&state) % 3000);
                if (i % 500 == 499)
                    memset(sbrk(50000 + i), i % 1000 == 999 ? 0xff : 0, 50000 + i);
            }
            for (int i = 0; i < 2000; i += 2)
                free(blocks[i]);
            say("ready\n");
            while (hear(line, sizeof line))
                answer(line);
            return 0;
        }
        """;

    /// <summary>A page behind the program's break keeps it from growing: glibc takes mappings for the main arena instead.</summary>
    public const string BlockedBreak = Serving +
        """
        int main(void) {
            static char line[256];
            static void *blocks[8000];
            prepare();
            blocks[0] = malloc(100);
            char *end = sbrk(0);
            if (mmap(end + 65536, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
                return 3;
            for (int i = 1; i < 8000; i++)
                blocks[i] = malloc(100 + next_random(&state) % 3000);
            for (int i = 0; i < 8000; i += 2)
                free(blocks[i]);
            say("ready\n");
            while (hear(line, sizeof line))
                answer(line);
            return 0;
        }
        """;

    /// <summary>Two small arenas with everything in them, to be recorded.</summary>
    public const string Small = Serving +
        """
        static char *kept[2][300];
        static pthread_barrier_t filled, ended;

        static void fill(char **blocks) {
            for (int i = 0; i < 300; i++)
                memset(blocks[i] = malloc(20 + i * 7 % 500), 1, 20);
            for (int i = 0; i < 300; i++) {
                if (i % 3 || i < 60)
                    free(blocks[i]);
            }
        }

        static void *work(void *argument) {
            fill(kept[1]);
            pthread_barrier_wait(&filled);
            pthread_barrier_wait(&ended);
            return argument;
        }

        int main(void) {
            static char line[256];
            pthread_t thread;
            prepare();
            pthread_barrier_init(&filled, 0, 2);
            pthread_barrier_init(&ended, 0, 2);
            memset(malloc(200000), 1, 1000);
            fill(kept[0]);
            pthread_create(&thread, 0, work, 0);
            pthread_barrier_wait(&filled);
            say("ready\n");
            while (hear(line, sizeof line))
                answer(line);
            pthread_barrier_wait(&ended);
            return 0;
        }
        """;

    /// <summary>Threads that allocate and free all the time, until <c>stop</c>.</summary>
    public const string Busy = Serving +
        """
        #define THREADS 3

        static volatile int stops;
        static pthread_barrier_t started, ended;

        static void *work(void *argument) {
            static __thread void *blocks[4000];
            unsigned state = (unsigned)(intptr_t)argument;
            for (int i = 0; i < 4000; i++)
                blocks[i] = malloc(16 + next_random(&state) % 2000);
            pthread_barrier_wait(&started);
            while (!stops) {
                unsigned at = next_random(&state) % 4000;
                free(blocks[at]);
                blocks[at] = malloc(16 + next_random(&state) % 2000);
            }
            pthread_barrier_wait(&ended);
            pthread_barrier_wait(&ended);
            return 0;
        }

        int main(void) {
            static char line[256];
            pthread_t threads[THREADS];
            prepare();
            pthread_barrier_init(&started, 0, THREADS + 1);
            pthread_barrier_init(&ended, 0, THREADS + 1);
            for (int i = 0; i < THREADS; i++)
                pthread_create(&threads[i], 0, work, (void *)(intptr_t)(i + 1));
            pthread_barrier_wait(&started);
            say("ready\n");
            while (hear(line, sizeof line)) {
                if (strcmp(line, "stop") == 0) {
                    stops = 1;
                    pthread_barrier_wait(&ended);
                    say("stopped\n");
                } else {
                    answer(line);
                }
            }
            _exit(0);
        }
        """;

    /// <summary>Damages its own heap on <c>damage &lt;kind&gt;</c> and goes on without malloc.</summary>
    public const string Damaged = Serving +
        """
        int main(void) {
            static char line[256];
            static size_t *volatile blocks[1000];
            int kind;
            prepare();
            for (int i = 0; i < 1000; i++)
                blocks[i] = malloc(1500 + i % 7 * 16);
            for (int i = 0; i < 1000; i += 2)
                free(blocks[i]);
            say("ready\n");
            while (hear(line, sizeof line)) {
                if (sscanf(line, "damage %d", &kind) != 1) {
                    answer(line);
                    continue;
                }
                switch (kind) {
                case 0: blocks[501][-1] = 0; break;
                case 1: blocks[501][-1] = ~(size_t)0; break;
                case 2: blocks[501][-1] = 0x79; break;
                case 3: blocks[500][0] = blocks[500][1] = (size_t)(blocks[500] - 2); break;
                case 4: blocks[501][-1] = ((size_t)1 << 40) | 1; break;
                case 5: memset(blocks[101], 0xff, 700000); break;
                }
                say("damaged\n");
            }
            _exit(0);
        }
        """;

    /// <summary>A quarter of a gigabyte in 260,000 blocks, half of them free.</summary>
    public const string Large = Serving +
        """
        int main(void) {
            static char line[256];
            static void *volatile blocks[260000];
            prepare();
            for (int i = 0; i < 260000; i++)
                blocks[i] = malloc(1000);
            for (int i = 0; i < 260000; i += 2)
                free(blocks[i]);
            say("ready\n");
            while (hear(line, sizeof line))
                answer(line);
            _exit(0);
        }
        """;

    /// <summary>A thread whose arena needs several heaps of 64 MiB.</summary>
    public const string ManyHeaps = Serving +
        """
        static pthread_barrier_t filled, ended;

        static void *work(void *argument) {
            static void *volatile blocks[200000];
            for (int i = 0; i < 200000; i++)
                blocks[i] = malloc(i % 1000 ? 1000 : 20000);
            for (int i = 0; i < 200000; i++) {
                if (i % 2 || i % 1000 < 50)
                    free(blocks[i]);
            }
            pthread_barrier_wait(&filled);
            pthread_barrier_wait(&ended);
            return argument;
        }

        int main(void) {
            static char line[256];
            pthread_t thread;
            prepare();
            pthread_barrier_init(&filled, 0, 2);
            pthread_barrier_init(&ended, 0, 2);
            pthread_create(&thread, 0, work, 0);
            pthread_barrier_wait(&filled);
            say("ready\n");
            while (hear(line, sizeof line))
                answer(line);
            pthread_barrier_wait(&ended);
            return 0;
        }
        """;
}
