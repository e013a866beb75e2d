using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>Which columns of a table are worth their room.</summary>
internal static class TableColumns
{
    /// <summary>Whether a cell says that there is nothing to say.</summary>
    public static bool IsNothing(string cell) => cell is "" or "–" or "-";

    /// <summary>The first column and all that say something in some row: a column of dashes tells nothing.</summary>
    /// <param name="cellsOf">The cells of a column.</param>
    public static int[] ThatTell(int count, Func<int, IEnumerable<string>> cellsOf) =>
        [.. Enumerable.Range(0, count).Where(i => i == 0 || cellsOf(i).Any(cell => !IsNothing(cell)))];
}
