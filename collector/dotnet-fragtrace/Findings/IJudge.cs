namespace FragGuard.FragTrace.Findings;

/// <summary>Holds the findings of one rule against a run.</summary>
public interface IJudge
{
    string Rule { get; }

    Verdict Judge(Finding finding, RunEvidence evidence);
}
