using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What each flow capture stands for, so that an assignment through a capture reaches its variable.</summary>
internal sealed class FlowCaptures
{
    private readonly Dictionary<CaptureId, List<IOperation>> _captured = [];

    public FlowCaptures(ControlFlowGraph graph)
    {
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
            {
                if (operation is not IFlowCaptureOperation capture)
                    continue;

                if (!_captured.TryGetValue(capture.Id, out List<IOperation>? values))
                    _captured.Add(capture.Id, values = []);
                values.Add(capture.Value);
            }
        }
    }

    public IReadOnlyList<IOperation> this[CaptureId id] =>
        _captured.TryGetValue(id, out List<IOperation>? values) ? values : [];
}
