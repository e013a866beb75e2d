using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.FragTrace.Reports.Pages;
using Microsoft.Playwright;

namespace FragGuard.Browser.Tests;

[Collection(BrowserTests.Name)]
public sealed class TableTests(BrowserProgram browser)
{
    private static readonly ReportPage Page = new("tables", "Two tables", [],
    [
        new PageSection("Holders", "", new PageTable(
            ["site", ">bytes", "when", ">count"],
            [
                Row("b.cs:12", new PageCell("9 KiB", 9_216), "2 s", "1,200"), Row("a.cs:9", new PageCell("1.5 MiB", 1_572_864), "10 ms", "7"),
                Row("a.cs:10", new PageCell("80 B", 80), "1 min", "–"), Row("c.cs:1", new PageCell("2 KiB", 2_048), "90 ms", "35"),
                .. Enumerable.Range(0, 8).Select(i => Row($"z.cs:{i}", new PageCell("1 B", 1), "1 ms", "1")),
            ])),
        new PageSection("Few", "", new PageTable(["name", ">value"], [["x", "1.5 MiB"], ["y", "900 KiB"]])),
    ], []);

    [Fact]
    public async Task ANumericHeading_SortsByValue_DescendingThenAscendingThenAsWritten()
    {
        await using OpenPage opened = await OpenPage.OfAsync(browser, Page, "sort");
        ILocator heading = opened.Page.Locator("#s1 th >> nth=1");
        ILocator button = heading.Locator("button");

        await button.ClickAsync();
        Assert.Equal("descending", await heading.GetAttributeAsync("aria-sort"));
        Assert.Equal(["1.5 MiB", "9 KiB", "2 KiB", "80 B"], (await ColumnAsync(opened, 2)).Take(4), StringComparer.Ordinal);

        await button.ClickAsync();
        Assert.Equal("ascending", await heading.GetAttributeAsync("aria-sort"));
        Assert.Equal(["2 KiB", "9 KiB", "1.5 MiB"], (await ColumnAsync(opened, 2)).TakeLast(3), StringComparer.Ordinal);

        await button.ClickAsync();
        Assert.Null(await heading.GetAttributeAsync("aria-sort"));
        Assert.Equal(["9 KiB", "1.5 MiB", "80 B"], (await ColumnAsync(opened, 2)).Take(3), StringComparer.Ordinal);
        opened.IsQuiet();
    }

    [Fact]
    public async Task ATableThatFits_DoesNotScroll()
    {
        await using OpenPage opened = await OpenPage.OfAsync(browser, Page, "fits");

        Assert.Equal(2, await opened.Page.Locator(".scroll table").CountAsync());
        Assert.Equal(0, await opened.Page.EvaluateAsync<int>(
            "() => [...document.querySelectorAll('.scroll')].filter(card => card.scrollWidth > card.clientWidth).length"));
    }

    /// <summary>Lifetimes, the widest table of a report, with a name that has no blank to break at.</summary>
    [Theory]
    [InlineData(1280, false)]
    [InlineData(380, true)]
    public async Task TheWidestTable_FitsADesk_AndScrollsOnAPhone(int width, bool scrolls)
    {
        PageTable lifetimes = new(
            ["type and site", ">per second", ">±", ">gen0", ">gen1", ">gen2", ">loh, poh", ">alive", ">not known", ">median"],
            [Row("Shop.Orders.OrderLine[]", "123.4 MiB", "13.3 %", "31.2 %", "30.3 %", "10.1 %", "12.5 %", "3.6 %", "12.3 %", "279.5 ms, 32 GCs"),
                Row(new string('N', 60), "4.1 MiB", "13.5 %", "16.2 %", "35.8 %", "27.1 %", "0 %", "2.9 %", "17.9 %", "235 ms, 2 GCs")]);
        await using OpenPage opened = await OpenPage.OfAsync(
            browser, Page with { Sections = [new PageSection("Lifetimes", "", lifetimes)] }, $"widest-{width}", width);

        Assert.Equal(scrolls, await opened.Page.EvaluateAsync<bool>(
            "() => (card => card.scrollWidth > card.clientWidth)(document.querySelector('.scroll'))"));
    }

    [Fact]
    public async Task TextsWithNumbers_AreSortedByNumber_AndWhatIsNoneComesLast()
    {
        await using OpenPage opened = await OpenPage.OfAsync(browser, Page, "sort-text");

        await opened.Page.Locator("#s1 th >> nth=0").Locator("button").ClickAsync();
        Assert.Equal(["a.cs:9", "a.cs:10", "b.cs:12"], (await ColumnAsync(opened, 1)).Take(3), StringComparer.Ordinal);

        await opened.Page.Locator("#s1 th >> nth=3").Locator("button").ClickAsync();
        Assert.Equal(["1,200", "35", "7"], (await ColumnAsync(opened, 4)).Take(3), StringComparer.Ordinal);
        Assert.Equal("–", (await ColumnAsync(opened, 4)).Last());
        await opened.Page.Locator("#s1 th >> nth=3").Locator("button").ClickAsync();
        Assert.Equal("–", (await ColumnAsync(opened, 4)).Last());
    }

    [Fact]
    public async Task Headings_SortByKeyboard_OneAtATime()
    {
        await using OpenPage opened = await OpenPage.OfAsync(browser, Page, "sort-keys");
        await opened.Page.Locator("#s1 th >> nth=0").Locator("button").ClickAsync();

        await opened.Page.Locator("#s1 th >> nth=1").Locator("button").FocusAsync();
        await opened.Page.Keyboard.PressAsync("Enter");

        Assert.Equal(["", "descending", "", ""], await opened.Page.Locator("#s1 th").EvaluateAllAsync<string[]>(
            "heads => heads.map(head => head.getAttribute('aria-sort') ?? '')"));
        Assert.Equal("1.5 MiB", (await ColumnAsync(opened, 2))[0]);
    }

    [Fact]
    public async Task AmountsWithoutValues_AreSortedByWhatTheySay()
    {
        await using OpenPage opened = await OpenPage.OfAsync(browser, Page, "sort-amounts");

        await opened.Page.Locator("#s2 th >> nth=1").Locator("button").ClickAsync();
        Assert.Equal(["1.5 MiB", "900 KiB"], await opened.TextsAsync("#s2 tbody td:nth-child(2)"));
        await opened.Page.Locator("#s2 th >> nth=1").Locator("button").ClickAsync();
        Assert.Equal(["900 KiB", "1.5 MiB"], await opened.TextsAsync("#s2 tbody td:nth-child(2)"));
    }

    [Fact]
    public async Task AFilter_LeavesTheRowsThatHaveAllWords_AndSaysHowMany()
    {
        await using OpenPage opened = await OpenPage.OfAsync(browser, Page, "filter");

        await opened.Page.GetByLabel("Filter Holders").FillAsync("A.CS ms");
        Assert.Equal(["a.cs:9"], await opened.TextsAsync("#s1 tbody tr:not([hidden]) td:first-child"));
        Assert.Equal("1 of 12 rows", await opened.Page.Locator("#s1 [role=status]").TextContentAsync());

        await opened.Page.GetByLabel("Filter Holders").FillAsync("");
        Assert.Equal(12, await opened.Page.Locator("#s1 tbody tr:not([hidden])").CountAsync());
        opened.IsQuiet();
    }

    [Fact]
    public async Task AShortTable_HasNoFilter()
    {
        await using OpenPage opened = await OpenPage.OfAsync(browser, Page, "short");

        Assert.Equal(1, await opened.Page.Locator("input[type=search]").CountAsync());
    }

    [Fact]
    public async Task RowsBeyondTwoThousand_AreSaidToBeElsewhere()
    {
        ReportPage many = Page with
        {
            Sections = [new PageSection("Many", "", new PageTable([">n"], [.. Enumerable.Range(0, 2_345).Select(i => Row(new PageCell($"{i}", i)))]))],
        };
        await using OpenPage opened = await OpenPage.OfAsync(browser, many, "many");

        Assert.Equal(2_000, await opened.Page.Locator("#s1 tbody tr").CountAsync());
        Assert.Equal("345 more rows are in the JSON form.", await opened.Page.Locator("#s1 .rest").TextContentAsync());
    }

    private static IReadOnlyList<PageCell> Row(params PageCell[] cells) => cells;

    private static async Task<string[]> ColumnAsync(OpenPage opened, int number) =>
        await opened.TextsAsync(FormattableString.Invariant($"#s1 tbody td:nth-child({number})"));
}
