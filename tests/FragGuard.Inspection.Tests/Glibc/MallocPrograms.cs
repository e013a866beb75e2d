using System;
using System.IO;
using System.Text;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>
/// C programs that use malloc in a known way, say what their own malloc counts, and stand still until the next line. They
/// answer <c>info</c> with the fields of mallinfo2, <c>xml</c> with malloc_info on one line, <c>trim</c>, and
/// <c>pages &lt;start&gt; &lt;count&gt;</c> with one digit for each page, by mincore. Nothing of that allocates.
/// </summary>
internal static class MallocPrograms
{
    /// <summary>Threads that leave behind used blocks, holes, blocks in their caches and in fastbins, and mappings.</summary>
    public const string Threaded = "threaded";

    /// <summary>
    /// One thread. <c>free &lt;bytes&gt; &lt;count&gt;</c> allocates that many blocks and frees them again, all at the end.
    /// </summary>
    public const string Single = "single";

    /// <summary>Someone else takes memory from the program's break between allocations.</summary>
    public const string ForeignBreak = "foreign-break";

    /// <summary>A page behind the program's break keeps it from growing: glibc takes mappings for the main arena instead.</summary>
    public const string BlockedBreak = "blocked-break";

    /// <summary>Two small arenas with everything in them, to be recorded.</summary>
    public const string Small = "small";

    /// <summary>Threads that allocate and free all the time, until <c>stop</c>.</summary>
    public const string Busy = "busy";

    /// <summary>Damages its own heap on <c>damage &lt;kind&gt;</c> and goes on without malloc.</summary>
    public const string Damaged = "damaged";

    /// <summary>A quarter of a gigabyte in 260,000 blocks, half of them free.</summary>
    public const string Large = "large";

    /// <summary>
    /// 200 MB in blocks, with one block in the cache of the main thread, and seven in that of a thread that came later. With one arena its
    /// cache is at the end of them.
    /// </summary>
    public const string LateCache = "late-cache";

    /// <summary>A million of the smallest blocks, every other one free: as many pieces as memory can have.</summary>
    public const string ManySmall = "many-small";

    /// <summary>
    /// A million of the smallest blocks, every other one freed, in an order far from that of their addresses. With no caches of threads all of
    /// those are in a fastbin.
    /// </summary>
    public const string ManyFast = "many-fast";

    /// <summary>A thread whose arena needs several heaps of 64 MiB.</summary>
    public const string ManyHeaps = "many-heaps";

    /// <summary>Answers each line after some work on its heap; three idle threads have arenas of their own.</summary>
    public const string Server = "server";

    /// <summary>
    /// Five threads that fill their arenas and leave holes, one after the other with the variable IN_TURN, else at the same time.
    /// </summary>
    public const string Turns = "turns";

    /// <summary>The whole source of one of them, in one file.</summary>
    public static string SourceOf(string program) =>
        Text(program + ".c").Replace("#include \"serving.h\"\n", Text("serving.h"), StringComparison.Ordinal);

    private static string Text(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Glibc", "Programs", file), Encoding.UTF8);
}
