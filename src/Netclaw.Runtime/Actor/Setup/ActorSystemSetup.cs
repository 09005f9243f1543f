using Akka.Util;

namespace Akka.Actor.Setup;

/// <summary>A programmatic setting of an actor system; one per type.</summary>
/// <remarks>Akka.NET documentation, "Actor Systems".</remarks>
public abstract class Setup
{
    /// <summary>For one kind of setup.</summary>
    protected Setup()
    {
    }

    /// <summary>Both, for a new system.</summary>
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}

/// <summary>Immutable set of <see cref="Setup"/>s.</summary>
/// <remarks>Akka.NET documentation, "Actor Systems".</remarks>
public sealed class ActorSystemSetup
{
    /// <summary>Nothing set.</summary>
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

    /// <summary>The setup of that type, where there is one.</summary>
    public Option<T> Get<T>()
        where T : Setup => setups.TryGetValue(typeof(T), out var found) ? new Option<T>((T)found) : Option<T>.None;

    /// <summary>With that setup, in the place of one of its type.</summary>
    public ActorSystemSetup WithSetup<T>(T setup)
        where T : Setup => new(new Dictionary<Type, Setup>(setups) { [setup.GetType()] = setup });

    /// <summary>With that setup, in the place of one of its type.</summary>
    public ActorSystemSetup And<T>(T setup)
        where T : Setup => WithSetup(setup);

    /// <inheritdoc/>
    public override string ToString() => $"ActorSystemSetup({string.Join(",", setups.Keys.Select(static each => each.FullName))})";
}
