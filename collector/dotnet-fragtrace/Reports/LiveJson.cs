using System.Text.Json.Serialization;

namespace FragGuard.FragTrace.Reports;

/// <summary>The JSON form of what is printed line by line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = false)]
[JsonSerializable(typeof(LiveReport))]
internal sealed partial class LiveJson : JsonSerializerContext;
