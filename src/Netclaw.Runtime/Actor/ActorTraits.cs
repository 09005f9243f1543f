using System.Collections.Concurrent;
using System.Reflection;

namespace Akka.Actor;

/// <summary>What reflection says about an actor type, asked once.</summary>
internal static class ActorTraits
{
    private static readonly ConcurrentDictionary<Type, bool> Overrides = new();

    /// <summary>Actors that leave AroundReceive alone are called without it.</summary>
    public static bool OverridesAroundReceive(Type type) => Overrides.GetOrAdd(type, static each =>
    {
        for (var at = each; at is not null && at != typeof(ActorBase); at = at.BaseType)
        {
            if (at.GetMethod(nameof(ActorBase.AroundReceive), BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null)
                return true;
        }

        return false;
    });
}
