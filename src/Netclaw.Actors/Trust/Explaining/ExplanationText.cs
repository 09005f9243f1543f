using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>An explanation for a person.</summary>
internal static class ExplanationText
{
    public static string Of(Explanation explanation)
    {
        var text = new StringBuilder();
        void Line(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(name.PadRight(11)).Append(value).Append('\n');
            }
        }

        Line("question", explanation.Question.Id);
        Line("answer", Answer(explanation));
        Line("seen", explanation.Refused?.Seen);
        Line("meaning", explanation.Refused is { } refused ? RefusalTable.For(refused.Code).Meaning : null);
        Line("next", explanation.Remedy);
        Line("who", explanation.Principal is { } who ? $"{who.Name}, by {who.MethodName}" : null);
        Line("role", NativeTranscript.RoleText(explanation.Role));
        Line("scopes", explanation.Decision is AccessDecision.Refused ? null : explanation.Scopes.IsEmpty ? "none" : string.Join(", ", explanation.Scopes.ToNames()));
        for (var place = 0; place <= explanation.Answered && place < explanation.Checks.Length; place++)
        {
            Line(place == 0 ? "way" : "", $"{explanation.Checks[place].Name}: {(place == explanation.Answered ? explanation.Outcome.Replace('_', ' ') : "passed")}");
        }

        return text.ToString();
    }

    private static string Answer(Explanation explanation) => explanation.Decision switch
    {
        AccessDecision.Granted { Principal.IsInternal: true } => "granted, as an internal node: it serves nothing until its surface is approved",
        AccessDecision.Granted => "granted",
        AccessDecision.MustPair pair => $"has to pair first, by {(pair.Intent.Flow == PairingFlow.Code ? "code" : "request")}",
        AccessDecision.PairSilently => "is paired without a prompt, then granted",
        AccessDecision.EnrolLegacy => "its token is spent and its key enrolled, then granted",
        AccessDecision.RedeemSetup => "its setup code is spent and its key paired, then granted",
        AccessDecision.Refused refused => $"refused: {refused.CodeName} ({refused.Check})",
        _ => throw new InvalidOperationException($"no such decision: {explanation.Decision}"),
    };
}
