namespace Akka.Actor;

/// <summary>What to do about an exception.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public interface IDecider
{
    /// <summary>What becomes of a child that failed so.</summary>
    Directive Decide(Exception cause);
}

/// <summary>Makes deciders.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public static class Decider
{
    /// <summary>A decider of that function, which need not travel.</summary>
    public static LocalOnlyDecider From(Func<Exception, Directive> localOnlyDecider) => new(localOnlyDecider);

    /// <summary>The first pair whose type the exception is, else the default.</summary>
    public static DeployableDecider From(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs) =>
        new(defaultDirective, pairs);

    /// <inheritdoc cref="From(Directive, KeyValuePair{Type, Directive}[])"/>
    public static DeployableDecider From(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs) =>
        new(defaultDirective, pairs);
}

/// <summary>Short forms for deciders.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public static class DirectiveExtensions
{
    /// <summary>A pair for <see cref="Decider.From(Directive, KeyValuePair{Type, Directive}[])"/>.</summary>
    public static KeyValuePair<Type, Directive> When<TException>(this Directive self)
        where TException : Exception => new(typeof(TException), self);
}

/// <summary>A decider by a function; it cannot travel to other processes.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public class LocalOnlyDecider(Func<Exception, Directive> decider) : IDecider
{
    /// <inheritdoc/>
    public Directive Decide(Exception cause) => decider(cause);
}

/// <summary>A decider by a table of exception types; the first that fits decides.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public class DeployableDecider : IDecider
{
    /// <summary>The pairs are tried in order; the default decides for the rest.</summary>
    public DeployableDecider(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs)
        : this(defaultDirective, pairs.ToArray())
    {
    }

    /// <summary>The pairs are tried in order; the default decides for the rest.</summary>
    public DeployableDecider(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs)
    {
        DefaultDirective = defaultDirective;
        Pairs = pairs;
    }

    /// <summary>For what no pair fits.</summary>
    public Directive DefaultDirective { get; }

    /// <summary>In the order in which they are tried.</summary>
    public KeyValuePair<Type, Directive>[] Pairs { get; }

    /// <inheritdoc/>
    public Directive Decide(Exception cause)
    {
        foreach (var (type, directive) in Pairs)
        {
            if (type.IsInstanceOfType(cause))
                return directive;
        }

        return DefaultDirective;
    }
}
