using System.Threading;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>A protocol that also knows calls which are not its own API but come to the same.</summary>
internal interface IHandedOverResources
{
    /// <summary>True for a call whose caller has to give back the result, as an annotation or the method's body tells.</summary>
    bool HandsOver(IInvocationOperation call);

    /// <summary>Mentions of the names of all methods of such calls; null when they can have any name.</summary>
    CompilationMentions? HandOvers(CompilationMentions mentions, CancellationToken cancellation);
}
