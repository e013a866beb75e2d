using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace FragGuard.FragTrace.Tests.Live;

/// <summary>
/// What one ExportMetricsServiceRequest holds (opentelemetry/proto/metrics/v1/metrics.proto): field numbers are those of
/// that file.
/// </summary>
internal sealed class OtlpRequest
{
    private const int Gauge = 5;
    private const int Sum = 7;

    private OtlpRequest(Dictionary<string, string> resource, List<OtlpPoint> points)
    {
        Resource = resource;
        Points = points;
    }

    public IReadOnlyDictionary<string, string> Resource { get; }

    public IReadOnlyList<OtlpPoint> Points { get; }

    public IReadOnlyList<OtlpPoint> Of(string metric) =>
        [.. Points.Where(point => string.Equals(point.Metric, metric, StringComparison.Ordinal))];

    public static OtlpRequest Read(byte[] bytes)
    {
        Dictionary<string, string> resource = new(StringComparer.Ordinal);
        List<OtlpPoint> points = [];
        foreach (byte[] ofResource in Messages(bytes, 1))
        {
            foreach (byte[] one in Messages(ofResource, 1))
                ReadAttributes(one, 1, resource);
            foreach (byte[] metric in Messages(ofResource, 2).SelectMany(scope => Messages(scope, 2)))
                points.AddRange(PointsOf(metric));
        }

        return new OtlpRequest(resource, points);
    }

    private static IEnumerable<OtlpPoint> PointsOf(byte[] metric)
    {
        string name = Encoding.UTF8.GetString(Messages(metric, 1).Single());
        string unit = Encoding.UTF8.GetString(Messages(metric, 3).Single());
        foreach (byte[] point in Messages(metric, Gauge).Concat(Messages(metric, Sum)).SelectMany(data => Messages(data, 1)))
        {
            Dictionary<string, string> attributes = new(StringComparer.Ordinal);
            ReadAttributes(point, 7, attributes);
            double value = Fields(point).Where(field => field.Number is 4 or 6).Select(field => field.Number == 4
                ? BinaryPrimitives.ReadDoubleLittleEndian(field.Bytes)
                : BinaryPrimitives.ReadInt64LittleEndian(field.Bytes)).Single();
            yield return new OtlpPoint(name, unit, attributes, value);
        }
    }

    private static void ReadAttributes(byte[] message, int number, Dictionary<string, string> into)
    {
        foreach (byte[] pair in Messages(message, number))
        {
            (int kind, byte[] value) = Fields(Messages(pair, 2).Single()).Single();
            into[Encoding.UTF8.GetString(Messages(pair, 1).Single())] = kind == 1
                ? Encoding.UTF8.GetString(value)
                : BinaryPrimitives.ReadInt64LittleEndian(value).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static IEnumerable<byte[]> Messages(byte[] message, int number) =>
        Fields(message).Where(field => field.Number == number).Select(field => field.Bytes);

    private static List<(int Number, byte[] Bytes)> Fields(ReadOnlySpan<byte> rest)
    {
        List<(int Number, byte[] Bytes)> fields = [];
        while (rest.Length > 0)
        {
            ulong key = ReadVariable(ref rest);
            byte[] value = (key & 7) switch
            {
                0 => BitConverter.GetBytes(ReadVariable(ref rest)),
                1 => Take(ref rest, sizeof(long)),
                5 => Take(ref rest, sizeof(int)),
                _ => Take(ref rest, (int)ReadVariable(ref rest)),
            };
            fields.Add(((int)(key >> 3), value));
        }

        return fields;
    }

    private static ulong ReadVariable(ref ReadOnlySpan<byte> rest)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = rest[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private static byte[] Take(ref ReadOnlySpan<byte> rest, int count)
    {
        byte[] taken = rest[..count].ToArray();
        rest = rest[count..];
        return taken;
    }
}
