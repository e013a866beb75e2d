namespace FragGuard.Inspection.Tests.Kernel;

/// <summary>Texts in the form of several kernels and machines, as a user would save them.</summary>
internal static class SavedTexts
{
    /// <summary>Two nodes; node 1 has nothing from order 4 on.</summary>
    public const string TwoNodes = """
        Node 0, zone      DMA      1      0      0      1      2      1      1      0      1      1      3
        Node 0, zone    DMA32   1091   1520   1103    610    302    110     40     12      3      1      0
        Node 0, zone   Normal  91532  42110  12840   3310    904    211     33      2      0      0      0
        Node 1, zone   Normal 194421  80210   9120    410      0      0      0      0      0      0      0
        """;

    /// <summary>arm64 with pages of 64 KiB: 14 orders.</summary>
    public const string FourteenOrders =
        "Node 0, zone   Normal    420    311    208    120     88     41     20     11      6      4      2      1      1      7 \n";

    public const string PageTypes = """
        Page block order: 9
        Pages per block:  512

        Free pages count per migrate type at order       0      1      2      3      4      5      6      7      8      9     10
        Node    0, zone   Normal, type    Unmovable    311    120     40      9      3      1      0      0      0      0      0
        Node    0, zone   Normal, type      Movable >100000  20110   3312    801    210     33      8      2      1      0      4
        Node    0, zone   Normal, type  Reclaimable     12      8      1      0      0      0      0      0      0      0      0
        Node    0, zone   Normal, type   HighAtomic      0      0      0      0      0      0      0      0      0      0      0
        Node    0, zone   Normal, type          CMA      0      0      0      0      0      0      0      0      0      0      0
        Node    0, zone   Normal, type      Isolate      0      0      0      0      0      0      0      0      0      0      0

        Number of blocks type     Unmovable      Movable  Reclaimable   HighAtomic          CMA      Isolate
        Node 0, zone   Normal          220         7410           98            1            0            0
        """;

    /// <summary>Linux 4.x: no boost, other names of counters; two nodes.</summary>
    public const string Zones = """
        Node 0, zone   Normal
          per-node stats
              nr_inactive_anon 12011
              nr_slab_reclaimable 120301
        pages free     231100
              min      11000
              low      13750
              high     16500
              node_scanned  0
              spanned  4194304
              present  4194304
              managed  4108110
          nr_free_pages 231100
          pagesets
            cpu: 0
                      count: 12
                      high:  186
                      batch: 31
          all_unreclaimable:   0
          start_pfn:           1048576
        Node 1, zone   Normal
          per-node stats
              nr_slab_reclaimable 105004
        pages free     394601
              min      9000
              low      11250
              high     13500
              spanned  4194304
              present  4194304
              managed  4128768
          nr_free_pages 394601
          start_pfn:           5242880
        """;

    public const string Slabs = """
        slabinfo - version: 2.1
        # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>
        nf_conntrack         612   1200    320   25    2 : tunables    0    0    0 : slabdata     48     48      0
        dentry             90000 420000    192   21    1 : tunables    0    0    0 : slabdata  20000  20000      0
        kmalloc-512         1024   1024    512   16    2 : tunables    0    0    0 : slabdata     64     64      0
        ext4_inode_cache       0      0   1088   30    8 : tunables    0    0    0 : slabdata      0      0      0
        """;

    /// <summary>As the SLAB allocator of kernels before 6.8 printed it, with limits and statistics.</summary>
    public const string OldSlabs = """
        slabinfo - version: 2.1 (statistics)
        # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail> : globalstat <listallocs> <maxobjs> <grown> <reaped> <error> <maxfreeable> <nodeallocs> <remotefrees> <alienoverflow> : cpustat <allochit> <allocmiss> <freehit> <freemiss>
        size-64            2201   2301     64   59    1 : tunables  120   60    8 : slabdata     39     39      0 : globalstat 3000 2400 40 1 0 1 0 0 0 : cpustat 9000 100 8000 50
        """;

    public const string Memory = """
        MemTotal:       32947512 kB
        MemFree:         2501204 kB
        MemAvailable:    9120044 kB
        Buffers:          120344 kB
        Cached:          6520112 kB
        SwapTotal:       2097148 kB
        SwapFree:         310240 kB
        Slab:            1201220 kB
        SReclaimable:     901220 kB
        SUnreclaim:       300000 kB
        KernelStack:       22016 kB
        PageTables:        81220 kB
        HugePages_Total:       0
        Hugepagesize:       2048 kB
        """;

    public const string Counters = """
        nr_free_pages 625301
        nr_slab_reclaimable 225305
        allocstall_normal 120
        allocstall_movable 44
        compact_stall 912
        compact_fail 700
        compact_success 212
        thp_fault_fallback 3321
        nr_unstable 18446744073709551615
        """;

    public static TheoryData<string> All =>
        [TwoNodes, FourteenOrders, PageTypes, Zones, Slabs, OldSlabs, Memory, Counters];
}
