using System;
using FragGuard.Simulation.Models;

namespace FragGuard.FragTrace.Exports;

/// <summary>Answers in the words of the caches that give them.</summary>
internal static class AnswerText
{
    public static string Of(EventAnswer answer) => answer switch
    {
        EventAnswer.Ok => "ok",
        EventAnswer.Forcible => "forcible",
        EventAnswer.NoMemory => "no memory",
        EventAnswer.Exists => "exists",
        EventAnswer.NotFound => "not found",
        EventAnswer.NotANumber => "not a number",
        EventAnswer.NotAList => "not a list",
        EventAnswer.IsAList => "is a list",
        EventAnswer.Hit => "hit",
        EventAnswer.Ignored => "ignored",
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "An answer has a text."),
    };
}
