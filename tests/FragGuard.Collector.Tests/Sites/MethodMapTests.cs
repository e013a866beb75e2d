using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Tests.Sites;

public sealed class MethodMapTests
{
    private readonly MethodMap _methods = new();

    [Theory]
    [InlineData(0xFFFUL, null)]
    [InlineData(0x1000UL, "First")]
    [InlineData(0x10FFUL, "First")]
    [InlineData(0x1100UL, null)]
    [InlineData(0x2000UL, "Second")]
    public void Address_BelongsToTheCodeAroundIt(ulong address, string? name)
    {
        Add(0x2000, 2, "Second");
        Add(0x1000, 1, "First");

        Assert.Equal(name, _methods.Find(address)?.Name);
    }

    [Fact]
    public void CodeListedAgain_KeepsItsMap()
    {
        CodeMap map = new([0], [0]);
        Add(0x1000, 1, "First");
        _methods.AddMap(1, map);
        Add(0x1000, 1, "First");

        Assert.Same(map, _methods.Find(0x1000)!.Map);
    }

    [Fact]
    public void CodeInThePlaceOfOther_ReplacesIt()
    {
        Add(0x1000, 1, "First");
        _methods.AddMap(1, new CodeMap([0], [0]));
        Add(0x1000, 2, "Second");

        Assert.Equal("Second", _methods.Find(0x1000)!.Name);
        Assert.Null(_methods.Find(0x1000)!.Map);
    }

    [Fact]
    public void WhatDoesNotFit_IsLeftOutAndCounted()
    {
        string longName = new('n', 10_000);
        int fit = 0;
        for (uint i = 1; _methods.LeftOut == 0; i++)
        {
            Add(i << 16, i, longName);
            fit++;
        }

        Assert.InRange(fit, 1_000, (int)(MethodMap.MaxBytes / longName.Length));
        Assert.Equal(longName, _methods.Find(1 << 16)!.Name);
        Assert.Null(_methods.Find((ulong)fit << 16));
    }

    [Fact]
    public void ModuleThatIsToldAgain_TakesThePlaceOfItsPath()
    {
        const int Modules = 2_000;
        string longPath = new('p', 30_000);
        for (long module = 0; module < Modules; module++)
            _methods.AddModule(module, new RecordedModule("/a", null));
        Assert.Equal(0, _methods.LeftOut);
        for (long module = 0; module < Modules; module++)
            _methods.AddModule(module, new RecordedModule(longPath, null));

        int fit = Modules - (int)_methods.LeftOut;
        Assert.InRange(fit, 1_000, (int)(MethodMap.MaxBytes / (sizeof(char) * longPath.Length)));
        Assert.Equal(longPath, _methods.ModuleOf(fit - 1)!.Path);
        Assert.Equal("/a", _methods.ModuleOf(fit)!.Path);
    }

    [Fact]
    public void ModuleThatIsToldOftenButNeverLonger_IsNotLeftOut()
    {
        for (int i = 0; i < 5_000; i++)
            _methods.AddModule(1, new RecordedModule(new string((char)('a' + (i % 2)), 30_000), null));

        Assert.Equal(0, _methods.LeftOut);
        Assert.Equal('b', _methods.ModuleOf(1)!.Path[0]);
    }

    private void Add(uint start, ulong method, string name) =>
        _methods.AddCode(new MethodCode(start, start + 0x100, method, 1, 0x0600_0001, "Type", name));
}
