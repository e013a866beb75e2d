using System;
using System.Collections.Generic;
using System.IO;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>A program that is no nginx and holds a forged zone in shared memory of one kind, and does with it what it is told.</summary>
internal sealed class ZoneHolder : IDisposable
{
    private const string Source = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <pthread.h>
        #include <stdint.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/ipc.h>
        #include <sys/mman.h>
        #include <sys/shm.h>
        #include <sys/stat.h>
        #include <unistd.h>

        static char *zone = (char *)0x7f0000000000;
        static size_t size;
        static int kind;
        static int file;
        static volatile int mode;
        static volatile int mode_begun;

        static void map(void)
        {
            int flags = MAP_SHARED | MAP_FIXED_NOREPLACE;
            if (kind == 's') {
                int id = shmget(IPC_PRIVATE, size, 0600);
                if (shmat(id, zone, 0) == (void *)-1) exit(3);
                shmctl(id, IPC_RMID, 0);
            } else if (kind == 'f') {
                if (mmap(zone, size, PROT_READ | PROT_WRITE, flags, file, 0) == MAP_FAILED) exit(4);
                return;
            } else {
                int fd = kind == 'm' ? memfd_create("zone", 0) : -1;
                if (fd >= 0 && ftruncate(fd, size)) exit(5);
                if (mmap(zone, size, PROT_READ | PROT_WRITE, flags | (fd < 0 ? MAP_ANONYMOUS : 0), fd, 0) == MAP_FAILED) exit(6);
                if (fd >= 0) close(fd);
            }
            if (pread(file, zone, size, 0) != (ssize_t)size) exit(7);
        }

        static void *restless(void *nothing)
        {
            uint64_t random = 88172645463325252ull;
            for (;;) {
                int now = mode;
                mode_begun = now;
                random ^= random << 13; random ^= random >> 7; random ^= random << 17;
                if (now == 'u') {
                    munmap(zone, size);
                    map();
                } else if (now == 'w') {
                    uint64_t *word = (uint64_t *)zone + random % (size / 8);
                    uint64_t before = *word;
                    *word = random % 3 ? (uint64_t)zone + random % size : random;
                    if (random % 5) *word = before;
                } else {
                    usleep(100);
                }
            }
            return 0;
        }

        int main(void)
        {
            char line[16];
            struct stat st;
            pthread_t thread;
            kind = getenv("ZONE_KIND")[0];
            file = open(getenv("ZONE_FILE"), O_RDWR);
            if (kind != '-') {
                if (file < 0 || fstat(file, &st)) return 2;
                size = st.st_size;
                map();
                pthread_create(&thread, 0, restless, 0);
            }
            puts("ready"); fflush(stdout);
            while (fgets(line, sizeof line, stdin)) {
                mode = line[0];
                while (kind != '-' && mode_begun != mode) usleep(100);
                puts("ok"); fflush(stdout);
            }
            return 0;
        }
        """;

    private readonly string _file = Path.GetTempFileName();

    /// <param name="kind">anonymous, memfd, sysv, file, or - for no shared memory at all.</param>
    public ZoneHolder(string kind, byte[] zone)
    {
        // System V memory ends with a page, so the zone does as well.
        File.WriteAllBytes(_file, [.. zone, .. new byte[((zone.Length + 4095) / 4096 * 4096) - zone.Length]]);
        Program = ChildProgram.Compile(
            Source, new Dictionary<string, string>(StringComparer.Ordinal) { ["ZONE_KIND"] = kind, ["ZONE_FILE"] = _file });
        Assert.Equal("ready", Program.ReadLine());
    }

    public ChildProgram Program { get; }

    public int ProcessId => Program.ProcessId;

    /// <summary>From now on it unmaps and maps the zone again and again (u), writes into it at random (w), or nothing (n).</summary>
    public void Do(char what)
    {
        Program.WriteLine(what.ToString());
        Assert.Equal("ok", Program.ReadLine());
    }

    public void Dispose()
    {
        Program.Dispose();
        File.Delete(_file);
    }
}
