using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>One run.</summary>
/// <param name="Number">Rises with every run that is accepted.</param>
/// <param name="StartedAt">Null while it waits, and for what ended before it began.</param>
/// <param name="End">Null while it waits or runs.</param>
/// <param name="Announced">Its conversation has been told of its end.</param>
/// <param name="Tidied">Its own conversation, which was not to be kept, is gone.</param>
public sealed record Run(
    RunPlan Plan, long Number, DateTimeOffset AcceptedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, RunEnd? End, bool Announced,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Tidied = false)
{
    [JsonIgnore]
    public RunId Id => Plan.Run;

    [JsonIgnore]
    public bool IsAlive => End is null;

    [JsonIgnore]
    public bool Waits => End is null && StartedAt is null;

    [JsonIgnore]
    public bool IsRunning => End is null && StartedAt is not null;

    /// <summary>It is over, and somebody is still to be told.</summary>
    [JsonIgnore]
    public bool OwesWord => End is not null && Plan.Announce is not null && !Announced;

    /// <summary>It is over, everybody knows, and its own conversation is to go.</summary>
    [JsonIgnore]
    public bool OwesTidying => End is not null && !OwesWord && !Tidied && Plan is { Keep: false, Work: RunWork.Turn };
}

/// <summary>Every run that is alive, owed a word or a tidying, what stands above one that is alive, and the latest of the others. Pure; applying an event needs nothing but the state and the event.</summary>
/// <param name="LastNumber">Of all that were ever accepted.</param>
public sealed record RunsState(ImmutableDictionary<RunId, Run> Runs, long LastNumber)
{
    /// <summary>How many that are over are kept; the journal holds all.</summary>
    public const int MostKept = 500;

    public static readonly RunsState Empty = new(ImmutableDictionary<RunId, Run>.Empty, 0);

    public IEnumerable<Run> InOrder => Runs.Values.OrderBy(run => run.Number);

    public IEnumerable<Run> Running => Runs.Values.Where(run => run.IsRunning);

    /// <summary>Those whose own conversation may go now: nothing that was started in it is still to be told there.</summary>
    public IEnumerable<Run> ToTidy => Runs.Values.Where(run => run.OwesTidying && !Runs.Values.Any(other => (other.IsAlive || other.OwesWord) && other.Plan.Announce == ((RunWork.Turn)run.Plan.Work).Child));

    public Run? Find(RunId id) => Runs.GetValueOrDefault(id);

    /// <summary>How many have to start before this one does; 0: it does not wait.</summary>
    public int PositionOf(Run run) => run.Waits ? 1 + Runs.Values.Count(other => other.Waits && other.Number < run.Number) : 0;

    /// <summary>The run and all that it started, and what those started.</summary>
    public ImmutableArray<Run> TreeOf(RunId root)
    {
        var children = InOrder.Where(run => run.Plan.Parent is not null).ToLookup(run => run.Plan.Parent!.Value);
        var tree = ImmutableArray.CreateBuilder<Run>();
        var next = new Queue<RunId>([root]);
        while (next.TryDequeue(out var id))
        {
            if (Find(id) is { } run && !tree.Contains(run))
            {
                tree.Add(run);
            }

            foreach (var child in children[id])
            {
                next.Enqueue(child.Id);
            }
        }

        return tree.ToImmutable();
    }

    /// <summary>What started it, what started that, and so on.</summary>
    private IEnumerable<RunId> Above(Run run)
    {
        for (var depth = 0; depth < SpawnLimits.DeepestDepth && run.Plan.Parent is { } parent; depth++)
        {
            yield return parent;
            if (Find(parent) is not { } next)
            {
                yield break;
            }

            run = next;
        }
    }

    public RunsState Apply(RunEvent happened) => happened switch
    {
        RunEvent.Accepted e => Kept(this with
        {
            LastNumber = LastNumber + 1,
            Runs = Runs.SetItem(e.Run, new Run(e.Plan, LastNumber + 1, e.At, null, null, null, false)),
        }),
        RunEvent.Started e => Changed(e.Run, run => run with { StartedAt = e.At }),
        RunEvent.Ended e => Changed(e.Run, run => run with { EndedAt = e.At, End = e.End }),
        RunEvent.Announced e => Changed(e.Run, run => run with { Announced = true }),
        RunEvent.Tidied e => Changed(e.Run, run => run with { Tidied = true }),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "no such event"),
    };

    private RunsState Changed(RunId id, Func<Run, Run> change) => Find(id) is { } run ? this with { Runs = Runs.SetItem(id, change(run)) } : this;

    private static RunsState Kept(RunsState state)
    {
        if (state.Runs.Count <= MostKept)
        {
            return state;
        }

        // Without what stands between a run and one of its tree that is alive, nobody would find that one from above.
        var above = state.Runs.Values.Where(run => run.IsAlive).SelectMany(state.Above).ToHashSet();
        var over = state.InOrder.Where(run => !run.IsAlive && !run.OwesWord && !run.OwesTidying && !above.Contains(run.Id)).Take(state.Runs.Count - MostKept);
        return state with { Runs = state.Runs.RemoveRange(over.Select(run => run.Id)) };
    }
}
