using System;
using System.IO;
using FragGuard.Simulation.Tests.Targets;

// <target> <operations file>: replays the operations and prints what the runtime did, one line per answer.
// The file holds the number of operations and of slots, then the operations.
using BinaryReader operations = new(File.OpenRead(args[1]));
switch (args[0])
{
    case "loh":
        LargeObjectReplay.Run(operations, Console.Out, pinned: false);
        return 0;
    case "poh":
        LargeObjectReplay.Run(operations, Console.Out, pinned: true);
        return 0;
    case "gc":
        GcReplay.Run(operations, Console.Out);
        return 0;
    case "chunks":
        ChunkReplay.Run(operations, Console.Out);
        return 0;
    case "arraypool-create":
        ArrayPoolReplay.RunCreated(operations, Console.Out);
        return 0;
    case "objectpool":
        ObjectPoolReplay.Run(operations, Console.Out);
        return 0;
    case "arraypool-threads":
        PinnedThreadsReplay.Run(operations, Console.Out);
        return 0;
    case "arraypool":
        ArrayPoolReplay.Run(operations, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine($"There is no target '{args[0]}'.");
        return 3;
}
