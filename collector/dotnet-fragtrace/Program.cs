using FragGuard.FragTrace.CommandLine;

StandardDescriptors.FillClosed();
using ToolConsole console = ToolConsole.OfProcess();
return (int)await ToolInvocation.RunAsync(args, console).ConfigureAwait(false);
