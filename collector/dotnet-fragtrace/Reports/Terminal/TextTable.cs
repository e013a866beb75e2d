using System.Collections.Generic;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>A table of texts; a column whose heading starts with &gt; is flush right.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<(string[] Cells, Style? Style)> _rows = [];

    public void Add(params string[] cells) => _rows.Add((cells, null));

    public void AddStyled(Style style, params string[] cells) => _rows.Add((cells, style));

    public IRenderable ToRenderable()
    {
        Table table = new() { Border = TableBorder.Rounded, UseSafeBorder = true };
        foreach (string heading in headings)
        {
            bool isRight = heading.StartsWith('>');
            TableColumn column = new(TextCanvas.Cell(isRight ? heading[1..] : heading))
            {
                Alignment = isRight ? Justify.Right : Justify.Left,
            };
            if (isRight)
                column.NoWrap = true;
            table.AddColumn(column);
        }

        foreach ((string[] cells, Style? style) in _rows)
            table.AddRow(cells.Select(cell => TextCanvas.Cell(cell, style)));
        return table;
    }
}
