using System.Text;

namespace FragGuard.Simulation.Workloads;

/// <summary>Bytes that should be UTF-8.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the bytes are text, and no decoder has put U+FFFD in the place of others before.</summary>
    public static bool IsWhole(byte[] bytes, int start, int length)
    {
        try
        {
            Strict.GetCharCount(bytes, start, length);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        for (int i = start; i + 2 < start + length; i++)
        {
            if (bytes[i] == 0xEF && bytes[i + 1] == 0xBF && bytes[i + 2] == 0xBD)
                return false;
        }

        return true;
    }
}
