using Akka.Util;

namespace Akka.Actor.Setup;

/// <summary>A programmatic setting of an actor system; one per type.</summary>
public abstract class Setup
{
    protected Setup()
    {
    }

    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}

/// <summary>Immutable set of <see cref="Setup"/>s.</summary>
public sealed class ActorSystemSetup
{
    public static readonly ActorSystemSetup Empty = new([]);

    private readonly Dictionary<Type, Setup> setups;

    private ActorSystemSetup(Dictionary<Type, Setup> setups) => this.setups = setups;

    /// <summary>Of two of one type the later one holds.</summary>
    public static ActorSystemSetup Create(params Setup[] setup)
    {
        var setups = new Dictionary<Type, Setup>();
        foreach (var each in setup)
            setups[each.GetType()] = each;
        return new ActorSystemSetup(setups);
    }

    public Option<T> Get<T>()
        where T : Setup => setups.TryGetValue(typeof(T), out var found) ? new Option<T>((T)found) : Option<T>.None;

    public ActorSystemSetup WithSetup<T>(T setup)
        where T : Setup => new(new Dictionary<Type, Setup>(setups) { [setup.GetType()] = setup });

    public ActorSystemSetup And<T>(T setup)
        where T : Setup => WithSetup(setup);

    public override string ToString() => $"ActorSystemSetup({string.Join(",", setups.Keys.Select(static each => each.FullName))})";
}
