namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>
/// A C program whose threads leave behind used blocks, holes, blocks in their caches and in fastbins, and mappings. It says
/// what its own malloc counts, and stands still until the next line.
/// </summary>
internal static class ThreadedHeap
{
    /// <summary>
    /// Answers to lines: <c>info</c> with the fields of mallinfo2, tcache blocks it knows of and each arena's bytes by
    /// malloc_info; <c>trim</c>; <c>pages &lt;start&gt; &lt;count&gt;</c> with one digit for each page, by mincore.
    /// </summary>
    public const string Source =
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

        #define THREADS 6
        #define BLOCKS 20000

        static pthread_barrier_t filled, ended;
        static char *kept[THREADS + 1][BLOCKS];
        static char *mapped[5];
        static char text[1 << 20];
        static unsigned char resident[1 << 20];

        static void fill(int self) {
            unsigned state = 12345 + self;
            char **blocks = kept[self];
            for (int i = 0; i < BLOCKS; i++) {
                state = state * 1103515245 + 12345;
                size_t bytes = (state >> 16) % 97 == 0 ? 20000 + (state >> 8) % 60000 : 16 + (state >> 16) % 1500;
                blocks[i] = malloc(bytes);
                memset(blocks[i], 1, bytes);
            }
            for (int i = 0; i < BLOCKS; i++) {
                state = state * 1103515245 + 12345;
                if ((state >> 16) % 3 != 0 || (i > BLOCKS / 4 && i < BLOCKS / 2)) {
                    free(blocks[i]);
                    blocks[i] = 0;
                }
            }
            for (int i = 0; i < 40; i++)
                blocks[i] = blocks[i] ? blocks[i] : malloc(24 + i % 5 * 16);
            for (int i = 0; i < 40; i++) {
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

        static void write_all(const char *line) {
            for (size_t left = strlen(line); left > 0;) {
                ssize_t done = write(1, line + strlen(line) - left, left);
                if (done <= 0)
                    _exit(1);
                left -= done;
            }
        }

        static int read_line(char *line, int room) {
            int at = 0;
            while (at < room - 1 && read(0, line + at, 1) == 1) {
                if (line[at] == '\n') {
                    line[at] = 0;
                    return 1;
                }
                at++;
            }
            return 0;
        }

        int main(void) {
            static char line[256];
            pthread_t threads[THREADS];
            setvbuf(stdout, 0, _IONBF, 0);
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
            write_all("ready\n");
            while (read_line(line, sizeof line)) {
                unsigned long start, count;
                if (strcmp(line, "info") == 0) {
                    struct mallinfo2 info = mallinfo2();
                    snprintf(text, sizeof text, "%zu %zu %zu %zu %zu %zu %zu %zu %zu\n", info.arena, info.ordblks, info.smblks,
                        info.hblks, info.hblkhd, info.fsmblks, info.uordblks, info.fordblks, info.keepcost);
                    write_all(text);
                } else if (strcmp(line, "trim") == 0) {
                    malloc_trim(0);
                    write_all("trimmed\n");
                } else if (sscanf(line, "pages %lx %lu", &start, &count) == 2) {
                    if (count > sizeof text - 2 || mincore((void *)start, count * 4096, resident) != 0)
                        _exit(2);
                    for (unsigned long i = 0; i < count; i++)
                        text[i] = '0' + (resident[i] & 1);
                    text[count] = '\n';
                    text[count + 1] = 0;
                    write_all(text);
                }
            }
            pthread_barrier_wait(&ended);
            return 0;
        }
        """;
}
