using System;
using System.Globalization;

namespace FragGuard.Inspection.Tests.Breakdown;

/// <summary>
/// A C program that maps and touches memory on command and says how much of it is resident, by mincore: an account that
/// does not come from procfs.
/// </summary>
internal sealed class TouchingChild : IDisposable
{
    private const string Source =
        """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <malloc.h>
        #include <pthread.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>

        static long page;
        static unsigned char seen[1 << 16];
        static long counts[64];
        static pthread_barrier_t ready;
        static size_t depth;

        static long resident(void *start, size_t bytes)
        {
            long pages = 0;
            if (mincore(start, bytes, seen) != 0)
                return -1;
            for (size_t i = 0; i < bytes / page; i++)
                pages += seen[i] & 1;
            return pages * page;
        }

        static void touch(char *start, int pages)
        {
            for (int i = 0; i < pages; i++)
                *(volatile char *)(start + i * page) = 1;
        }

        static long mapped(size_t bytes, int protection, int flags, int file, int pages)
        {
            char *start = mmap(0, bytes, protection, flags, file, 0);
            if (start == MAP_FAILED)
                return -1;
            touch(start, pages);
            return resident(start, bytes);
        }

        static long of_file(int pages)
        {
            char name[] = "/var/tmp/fragguard-XXXXXX";
            int file = mkstemp(name);
            unlink(name);
            static char bytes[4096];
            for (int i = 0; i < pages; i++)
                if (write(file, bytes, sizeof bytes) != sizeof bytes)
                    return -1;
            char *start = mmap(0, pages * page, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
            return start == MAP_FAILED ? -1 : resident(start, pages * page);
        }

        static long huge(void)
        {
            size_t two = 2 << 20;
            char *start = mmap(0, 2 * two, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            char *aligned = (char *)(((size_t)start + two - 1) / two * two);
            madvise(aligned, two, MADV_HUGEPAGE);
            *(volatile char *)aligned = 1;
            return resident(start, 2 * two);
        }

        static void *thread(void *number)
        {
            volatile char *deep = __builtin_alloca(depth);
            for (size_t i = 0; i < depth; i += 512)
                deep[depth - 1 - i] = 1;
            pthread_attr_t attributes;
            void *stack;
            size_t bytes;
            pthread_getattr_np(pthread_self(), &attributes);
            pthread_attr_getstack(&attributes, &stack, &bytes);
            pthread_attr_destroy(&attributes);
            counts[(long)number] = resident(stack, bytes);
            pthread_barrier_wait(&ready);
            pause();
            return 0;
        }

        static long threads(int number)
        {
            long sum = 0;
            pthread_attr_t attributes;
            pthread_attr_init(&attributes);
            pthread_attr_setstacksize(&attributes, 1 << 20);
            pthread_barrier_init(&ready, 0, number + 1);
            for (long i = 0; i < number; i++)
            {
                pthread_t id;
                if (pthread_create(&id, &attributes, thread, (void *)i) != 0)
                    return -1;
            }
            pthread_barrier_wait(&ready);
            for (int i = 0; i < number; i++)
                sum += counts[i];
            return sum;
        }

        static void *allocating(void *bytes)
        {
            for (int i = 0; i < 1000; i++)
                memset(malloc((size_t)bytes), 1, (size_t)bytes);
            pthread_barrier_wait(&ready);
            pause();
            return 0;
        }

        int main(void)
        {
            page = sysconf(_SC_PAGESIZE);
            depth = 200000;
            char line[64];
            setvbuf(stdout, 0, _IOLBF, 0);
            while (fgets(line, sizeof line, stdin))
            {
                long bytes = 0;
                int private = MAP_PRIVATE | MAP_ANONYMOUS, shared = MAP_SHARED | MAP_ANONYMOUS;
                if (!strncmp(line, "anonymous", 9))
                    bytes = mapped(1 << 20, PROT_READ | PROT_WRITE, private, -1, 7);
                else if (!strncmp(line, "shared", 6))
                    bytes = mapped(4 << 20, PROT_READ | PROT_WRITE, shared, -1, 9);
                else if (!strncmp(line, "code", 4))
                    bytes = mapped(1 << 20, PROT_READ | PROT_WRITE | PROT_EXEC, private, -1, 11);
                else if (!strncmp(line, "file", 4))
                    bytes = of_file(20);
                else if (!strncmp(line, "huge", 4))
                    bytes = huge();
                else if (!strncmp(line, "threads", 7))
                    bytes = threads(atoi(line + 7));
                else if (!strncmp(line, "large", 5))
                {
                    char *block = malloc(3 << 20);
                    touch(block, 5);
                    bytes = resident((void *)((size_t)block / page * page), (3 << 20) + page);
                }
                else if (!strncmp(line, "arena", 5))
                {
                    pthread_t id;
                    pthread_barrier_init(&ready, 0, 2);
                    pthread_create(&id, 0, allocating, (void *)1000L);
                    pthread_barrier_wait(&ready);
                    bytes = 1000 * 1000;
                }
                else if (!strncmp(line, "reserve", 7))
                    bytes = mmap(0, 1L << 32, PROT_NONE, private | MAP_NORESERVE, -1, 0) == MAP_FAILED ? -1 : 0;
                printf("%ld\n", bytes);
            }
        }
        """;

    private readonly ChildProgram _child;

    public TouchingChild()
    {
        _child = ChildProgram.Compile(Source);
        try
        {
            // What a program needs once, such as the buffers of its streams, is there from now on.
            Touch("nothing");
            Touch("nothing");
        }
        catch
        {
            _child.Dispose();
            throw;
        }
    }

    public int ProcessId => _child.ProcessId;

    /// <summary>Resident bytes of what the command mapped, by mincore.</summary>
    public long Touch(string what)
    {
        _child.WriteLine(what);
        long bytes = long.Parse(_child.ReadLine(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        Assert.True(bytes >= 0, $"The program under inspection could not do '{what}'.");
        return bytes;
    }

    public void Kill() => _child.Kill();

    public void Dispose() => _child.Dispose();
}
