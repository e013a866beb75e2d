namespace FragGuard.Inspection.Nginx;

/// <summary>Type of a stored value, with the numbers that ngx_lua writes.</summary>
public enum LuaDictType : byte
{
    Nil = 0,
    Boolean = 1,
    Number = 3,
    Text = 4,
    List = 5,
}
