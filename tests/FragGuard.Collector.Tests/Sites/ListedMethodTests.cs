using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Tests.Sites;

public sealed class ListedMethodTests
{
    private static readonly CodeMap First = new([7], [0]);
    private static readonly CodeMap Second = new([9], [0]);

    private readonly MethodMap _map = new();

    [Fact]
    public void MapOfLoadedCode_ComesAfterTheCode()
    {
        _map.AddCode(Code(0x1000, 1));
        _map.AddMap(1, First);

        Assert.Same(First, _map.Find(0x1000)!.Map);
    }

    [Fact]
    public void MapOfListedCode_ComesBeforeTheCode()
    {
        _map.AddListedMap(1, First);
        _map.AddListedCode(Code(0x1000, 1));
        _map.AddListedMap(1, Second);
        _map.AddListedCode(Code(0x2000, 1));
        _map.AddListedCode(Code(0x3000, 2));

        Assert.Same(First, _map.Find(0x1000)!.Map);
        Assert.Same(Second, _map.Find(0x2000)!.Map);
        Assert.Null(_map.Find(0x3000)!.Map);
    }

    [Fact]
    public void ListedMap_IsOfTheMethodThatFollows_OrOfNone()
    {
        _map.AddListedMap(1, First);
        _map.AddListedCode(Code(0x1000, 2));
        _map.AddListedCode(Code(0x2000, 1));

        Assert.Null(_map.Find(0x1000)!.Map);
        Assert.Null(_map.Find(0x2000)!.Map);
    }

    [Fact]
    public void CodeListedAgain_KeepsItsMap()
    {
        _map.AddCode(Code(0x1000, 1));
        _map.AddMap(1, First);
        _map.AddListedCode(Code(0x1000, 1));

        Assert.Same(First, _map.Find(0x10ff)!.Map);
        Assert.Null(_map.Find(0x1100));
        Assert.Null(_map.Find(0xfff));
    }

    private static MethodCode Code(ulong start, ulong method) =>
        new(start, start + 0x100, method, 1, 0x06000001, "App.Shop", "Buy");
}
