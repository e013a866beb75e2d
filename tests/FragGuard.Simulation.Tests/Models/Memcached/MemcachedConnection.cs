using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>Sends events as commands of the text protocol, many at a time, and reads the answers in their order.</summary>
internal sealed class MemcachedConnection : IDisposable
{
    private const int MostDigits = 20;
    private const int PipelinedBytes = 1 << 20;
    private const int PipelinedCommands = 1_000;

    private readonly NetworkStream _stream;
    private readonly StreamReader _replies;
    private readonly MemoryStream _commands = new();

    public MemcachedConnection(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _replies = new StreamReader(_stream, Encoding.ASCII, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>Plays events, yielding each with its answer.</summary>
    public IEnumerable<(AllocationEvent Played, string Reply)> Play(IEnumerable<AllocationEvent> events)
    {
        List<AllocationEvent> sent = [];
        foreach (AllocationEvent next in events)
        {
            Write(next);
            sent.Add(next);
            if (sent.Count < PipelinedCommands && _commands.Length < PipelinedBytes)
                continue;
            foreach (var pair in Replies(sent))
                yield return pair;
        }

        foreach (var pair in Replies(sent))
            yield return pair;
    }

    /// <summary>Sends one command and returns its one line of answer.</summary>
    public string Ask(string command)
    {
        Write(command + "\r\n");
        Send();
        return ReadLine();
    }

    /// <summary>The values of <c>stats</c>, by their names.</summary>
    /// <param name="group">Empty, or a group such as <c>slabs</c>.</param>
    public Dictionary<string, string> Statistics(string group)
    {
        Write($"stats {group}".TrimEnd() + "\r\n");
        Send();
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        for (string line = ReadLine(); !string.Equals(line, "END", StringComparison.Ordinal); line = ReadLine())
        {
            string[] words = line.Split(' ', 3);
            values[words[1]] = words[2];
        }

        return values;
    }

    /// <summary>What memcached's reply says in the words of the model.</summary>
    public static EventAnswer AnswerOf(in AllocationEvent played, string reply) => reply switch
    {
        "STORED" or "DELETED" or "TOUCHED" or "OK" => EventAnswer.Ok,
        "NOT_STORED" => played.Kind == AllocationEventKind.Replace ? EventAnswer.NotFound : EventAnswer.Exists,
        "NOT_FOUND" or "EN" => EventAnswer.NotFound,
        "HD" => played.Kind == AllocationEventKind.Get ? EventAnswer.Hit : EventAnswer.Ok,
        _ when reply.StartsWith("SERVER_ERROR", StringComparison.Ordinal) => EventAnswer.NoMemory,
        _ when reply.StartsWith("CLIENT_ERROR cannot increment", StringComparison.Ordinal) => EventAnswer.NotANumber,
        _ when ulong.TryParse(reply, CultureInfo.InvariantCulture, out _) => EventAnswer.Ok,
        _ => throw new InvalidDataException($"memcached said {reply} to {played}"),
    };

    private static string KeyOf(in AllocationEvent named) =>
        named.Id.ToString(CultureInfo.InvariantCulture).PadLeft(named.KeyBytes, 'k');

    private static long Seconds(long milliseconds) => milliseconds < 0 ? -1 : milliseconds / 1000;

    private void Write(in AllocationEvent next)
    {
        string key = KeyOf(next);
        switch (next.Kind)
        {
            case AllocationEventKind.Set:
            case AllocationEventKind.Add:
            case AllocationEventKind.Replace:
                Write($"{OperationText.Of(next.Kind)} {key} 0 {Seconds(next.Milliseconds)} {next.Bytes}\r\n");
                _commands.Write(Value(next.Bytes));
                Write("\r\n");
                break;
            case AllocationEventKind.Get:
                Write($"mg {key}\r\n");
                break;
            case AllocationEventKind.Touch:
                Write($"touch {key} {Seconds(next.Milliseconds)}\r\n");
                break;
            case AllocationEventKind.Increment:
                Write(next.Bytes == 0 ? $"incr {key} 1\r\n" : $"ma {key} N0 J{new string('1', (int)next.Bytes)}\r\n");
                break;
            case AllocationEventKind.Delete:
                Write($"delete {key}\r\n");
                break;
            case AllocationEventKind.FlushAll:
                Write("flush_all\r\n");
                break;
            case AllocationEventKind.FlushExpired:
                Write("lru_crawler crawl all\r\n");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(next), next, "memcached has no such command.");
        }
    }

    // Zeros: of a number of 2^63 or more memcached 1.6.18 looks for a minus sign beyond its end, in whatever lies there.
    private static byte[] Value(long bytes)
    {
        byte[] value = new byte[bytes];
        Array.Fill(value, bytes <= MostDigits ? (byte)'0' : (byte)'a');
        return value;
    }

    private void Write(string text) => _commands.Write(Encoding.ASCII.GetBytes(text));

    private IEnumerable<(AllocationEvent Played, string Reply)> Replies(List<AllocationEvent> sent)
    {
        Send();
        foreach (AllocationEvent played in sent)
            yield return (played, ReadLine());
        sent.Clear();
    }

    private void Send()
    {
        _commands.WriteTo(_stream);
        _commands.SetLength(0);
    }

    private string ReadLine() => _replies.ReadLine() ?? throw new EndOfStreamException("memcached closed the connection.");
}
