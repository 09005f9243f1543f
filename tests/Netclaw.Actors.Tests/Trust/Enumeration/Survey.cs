using System.Collections.Concurrent;

namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>A walk through the whole space with one policy: what it answers how often, and what breaks which invariant.</summary>
internal sealed class Survey
{
    private const int ExamplesKept = 3;

    private readonly ConcurrentDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _checks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _violations = new(StringComparer.Ordinal);

    /// <summary>The product's policy, walked once for all tests.</summary>
    public static Lazy<Survey> OfProduct { get; } = new(() => Of(TrustPolicy.Default));

    public long Cells { get; private set; }

    public IReadOnlyDictionary<string, long> Outcomes => _outcomes;

    /// <summary>How often each check of each table was the one that answered.</summary>
    public IReadOnlyDictionary<string, long> Checks => _checks;

    public static Survey Of(TrustPolicy policy)
    {
        var survey = new Survey();
        foreach (var slice in Space.All)
        {
            // On threads of its own: those of the pool are for the tests beside this one, whose actors would wait for seconds.
            var parts = Environment.ProcessorCount;
            Task.WaitAll([.. Enumerable.Range(0, parts).Select(part => Task.Factory.StartNew(
                () => survey.Walk(policy, slice, Tuple.Create((int)((long)slice.Count * part / parts), (int)((long)slice.Count * (part + 1) / parts))),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))]);
            survey.Cells += slice.Count;
        }

        return survey;
    }

    /// <summary>The first violation that any invariant finds, in an order that jumps about the space; null when there is none.</summary>
    public static string? FirstViolation(TrustPolicy policy)
    {
        const int Stride = 104_729;
        var orders = Space.All.Select(slice => (Slice: slice, Stride: slice.Count % Stride == 0 ? Stride + 1 : Stride)).ToArray();
        for (var step = 0; step < orders.Max(order => order.Slice.Count); step++)
        {
            foreach (var (slice, stride) in orders)
            {
                if (step >= slice.Count)
                {
                    continue;
                }

                var cell = slice[(int)((long)step * stride % slice.Count)];
                foreach (var (name, found) in Violations(policy, cell, out _, out _))
                {
                    return $"{name}: {found}";
                }
            }
        }

        return null;
    }

    public string Violations(string invariant) => _violations.TryGetValue(invariant, out var examples) ? string.Join("\n", examples.Take(ExamplesKept)) : "";

    private void Walk(TrustPolicy policy, Slice slice, Tuple<int, int> range)
    {
        var outcomes = new Dictionary<string, long>(StringComparer.Ordinal);
        var checks = new Dictionary<(ListenerKind, int), long>();
        for (var index = range.Item1; index < range.Item2; index++)
        {
            var cell = slice[index];
            var violations = Violations(policy, cell, out var answer, out var answered);
            foreach (var (name, found) in violations)
            {
                var kept = _violations.GetOrAdd(name, _ => new ConcurrentQueue<string>());
                if (kept.Count < ExamplesKept)
                {
                    kept.Enqueue($"{found} :: {cell}");
                }
            }

            Count(outcomes, NameOf(answer));
            Count(checks, (cell.Question.Evidence.Listener, answered));
        }

        foreach (var (name, times) in outcomes)
        {
            _outcomes.AddOrUpdate(name, times, (_, before) => before + times);
        }

        foreach (var ((listener, place), times) in checks)
        {
            _checks.AddOrUpdate($"{listener}/{(place < policy.Checks(listener).Length ? policy.Checks(listener)[place].Name : "end")}", times, (_, before) => before + times);
        }
    }

    private static List<(string Name, string Found)> Violations(TrustPolicy policy, in Cell cell, out AccessDecision? answer, out int answered)
    {
        var found = None;
        (answer, answered) = (null, 0);
        try
        {
            answer = policy.Decide(cell.Question, out answered);
            foreach (var (name, holds) in Invariants.All)
            {
                if (holds(policy, cell, answer) is { } violation)
                {
                    found = found.Count == 0 ? [] : found;
                    found.Add((name, violation));
                }
            }
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or NullReferenceException)
        {
            found = [.. found, (Total, failure.Message)];
        }

        return found;
    }

    /// <summary>The name under which a policy that has no answer is reported.</summary>
    public const string Total = "Total";

    private static readonly List<(string Name, string Found)> None = [];

    private static string NameOf(AccessDecision? answer) => answer switch
    {
        AccessDecision.Granted { Principal: var who } => who.IsInternal ? $"granted {who.MethodName} internal" : $"granted {who.MethodName}",
        AccessDecision.Refused refused => refused.Code.ToString(),
        AccessDecision.MustPair => "must pair",
        AccessDecision.EnrolLegacy => "enrol legacy",
        AccessDecision.RedeemSetup => "redeem setup",
        AccessDecision.PairSilently silent => $"pair silently {silent.Via}",
        _ => "no answer",
    };

    private static void Count<TKey>(Dictionary<TKey, long> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
