using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Models.Glibc;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Models.LuaJit;
using FragGuard.Simulation.Models.Memcached;
using FragGuard.Simulation.Models.Nginx;
using FragGuard.Simulation.Models.Ruby;
using FragGuard.Simulation.Models.SizeClassed.Jemalloc;
using FragGuard.Simulation.Models.SizeClassed.Mimalloc;
using FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

namespace FragGuard.Simulation.Models;

/// <summary>The registry: every model, sorted by name. A new model is one file and one line here.</summary>
public static class AllocatorModels
{
    public static IReadOnlyList<AllocatorModelInfo> All { get; } =
    [
        CreatedArrayPoolModel.Info,
        SharedArrayPoolModel.Info,
        GcHeapModel.Info,
        OldGenerationModel.Info,
        LargeObjectHeapModel.Info,
        ObjectPoolModel.Info,
        PinnedObjectHeapModel.Info,
        GlibcModel.Info,
        JemallocModel.Info,
        LinuxBuddyModel.Info,
        LuaSharedDictModel.Info,
        LuaJitModel.Info,
        MemcachedModel.Info,
        MimallocModel.Info,
        NginxSlabModel.Info,
        RecyclableStreamsModel.Info,
        RubyHeapModel.Info,
        TcmallocModel.Info,
    ];

    /// <exception cref="ModelSettingException">No model has that name; the message lists those that exist.</exception>
    public static AllocatorModelInfo ByName(string name) =>
        All.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal))
        ?? throw new ModelSettingException(
            $"There is no model '{name}'; known: {string.Join(", ", All.Select(model => model.Name))}.");

    /// <exception cref="ModelSettingException">Unknown name, unknown setting or impossible value.</exception>
    public static IAllocatorModel Create(string name, IEnumerable<KeyValuePair<string, string>>? settings = null)
    {
        AllocatorModelInfo info = ByName(name);
        return info.Create(new ModelSettings(info.Settings, settings));
    }
}
