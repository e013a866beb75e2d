using System;
using System.Collections.Generic;
using System.Net.Http;
using FragGuard.Collector.Live;
using FragGuard.FragTrace.CommandLine;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FragGuard.FragTrace.Live;

/// <summary>Sends the figures of each look to an OpenTelemetry collector, as OTLP over HTTP.</summary>
internal sealed class MetricExport : IDisposable
{
    private const int ExportTimeoutMs = 5_000;
    private const int LastExportTimeoutMs = 3_000;
    private const string DefaultPath = "/v1/metrics";

    private readonly LiveMeter _meter = new();
    private readonly MeterProvider _provider;

    private MetricExport(Uri endpoint, MetricTarget target, TimeSpan interval, Action<string> say)
    {
        OtlpExporterOptions options = OptionsFor(endpoint);
        options.HttpClientFactory = () => new HttpClient(new OtlpNoter(endpoint, say), disposeHandler: true)
        {
            Timeout = TimeSpan.FromMilliseconds(ExportTimeoutMs),
        };
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.Clear().AddService(target.ServiceName, autoGenerateServiceInstanceId: false).AddAttributes(AttributesOf(target)))
            .AddMeter(MetricNames.Meter)
            .AddReader(new PeriodicExportingMetricReader(
                new OtlpMetricExporter(options), (int)interval.TotalMilliseconds, ExportTimeoutMs))
            .Build();
    }

    /// <param name="say">Takes one line when metrics stop arriving, and one when they arrive again.</param>
    public static MetricExport To(Uri endpoint, MetricTarget target, TimeSpan interval, Action<string> say) =>
        new(endpoint, target, interval, say);

    /// <exception cref="FragTraceException">That is no address metrics can be sent to.</exception>
    public static Uri Endpoint(string text)
    {
        bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out Uri? endpoint)
            && (string.Equals(endpoint.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal)
                || string.Equals(endpoint.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal));
        if (!isAddress)
        {
            throw new FragTraceException(
                $"--otlp {text} is not an address such as http://localhost:4318.", ExitCode.Arguments);
        }

        return endpoint!.AbsolutePath.Length <= 1 ? new Uri(endpoint, DefaultPath) : endpoint;
    }

    /// <summary>Complains of headers for the collector before there is anything to send.</summary>
    /// <exception cref="FragTraceException">The environment names headers that are none.</exception>
    public static void RequireHeaders(Uri endpoint)
    {
        try
        {
            new OtlpMetricExporter(OptionsFor(endpoint)).Dispose();
        }
        catch (ArgumentException exception)
        {
            throw new FragTraceException(
                "OTEL_EXPORTER_OTLP_HEADERS is not a list of headers such as name=value,other=value.", ExitCode.Arguments, exception);
        }
    }

    public void Show(LiveMoment moment) => _meter.Show(moment);

    /// <summary>Sends the last look, for a moment at most.</summary>
    public void Dispose()
    {
        _provider.Shutdown(LastExportTimeoutMs);
        _provider.Dispose();
        _meter.Dispose();
    }

    private static OtlpExporterOptions OptionsFor(Uri endpoint) => new()
    {
        Endpoint = endpoint,
        Protocol = OtlpExportProtocol.HttpProtobuf,
        TimeoutMilliseconds = ExportTimeoutMs,
    };

    private static IEnumerable<KeyValuePair<string, object>> AttributesOf(MetricTarget target) =>
    [
        new("host.name", Environment.MachineName),
        new("process.pid", (long)target.ProcessId),
    ];
}
