using System;
using System.Globalization;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;
using FragGuard.Inspection.Tests.Breakdown;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>Data of programs that nobody has touched yet: looking for arenas in them maps none of their pages.</summary>
public sealed class UntouchedPagesTests
{
    private const string Source =
        """
        #include <stdio.h>
        #include <stdlib.h>

        #ifdef OWN_MALLOC
        static char pool[1 << 20];
        static size_t used;

        void *malloc(size_t bytes)
        {
            char *block = pool + used;
            used += (bytes + 15) / 16 * 16;
            return block;
        }

        void *calloc(size_t count, size_t bytes) { return malloc(count * bytes); }
        void *realloc(void *block, size_t bytes) { return malloc(bytes); }
        void free(void *block) { }
        #endif

        char table[4 << 20] = { 1 };

        int main(void)
        {
            printf("%p\n", table);
            fflush(stdout);
            getchar();
        }
        """;

    /// <summary>Without arenas all data are searched; in a static program the main arena lies in its data, behind or before others.</summary>
    [Theory]
    [InlineData("-DOWN_MALLOC", 0)]
    [InlineData("-static", 1)]
    public void Arenas_AreLookedForWithoutBringingPagesIn(string compilerOption, int arenas)
    {
        using ChildProgram child = ChildProgram.Compile(Source, null, compilerOption);
        ulong table = ulong.Parse(child.ReadLine().AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
        Assert.Contains(PageResidence.Absent, process.Pages.Of(table, table + (4 << 20)));
        long before = ProcessSums.Rollup(child.ProcessId, "Rss");

        GlibcSnapshot? snapshot = GlibcInspection.Read(process);

        Assert.Equal(before, ProcessSums.Rollup(child.ProcessId, "Rss"));
        Assert.Equal(arenas, snapshot?.Arenas.Count ?? 0);
        Assert.Equal(arenas > 0, snapshot?.MappedCount is not null);
    }
}
