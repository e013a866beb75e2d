using FragGuard.Benchmarks.Reader;
using FragGuard.Collector.Recordings;

RepeatedWork.Time(() => _ = RecordingReader.Read(args[0]));
