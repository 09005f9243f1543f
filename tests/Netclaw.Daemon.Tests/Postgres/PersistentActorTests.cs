using System.Reflection;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Journal;

namespace Netclaw.Daemon.Tests.Postgres;

/// <summary>That the list of those who are started again is whole.</summary>
public sealed class PersistentActorTests
{
    [Fact]
    public void List_HoldsEveryPersistentActorOfTheProduct()
    {
        var written = new[] { typeof(JournalRecord).Assembly, typeof(PersistentActor).Assembly }.SelectMany(assembly => assembly.GetTypes()).Where(IsPersistent);

        Assert.Equal(written.Order(ByName), PersistentActor.All.Select(each => each.Actor).Concat(PersistentActor.Passing).Order(ByName));
    }

    [Fact]
    public void List_NamesEachOnce()
    {
        Assert.Distinct(PersistentActor.All.Select(each => each.Key));
        Assert.Distinct(PersistentActor.All.Select(each => each.Name));
    }

    /// <summary>Nobody writes to the journal past the base class, which enters <see cref="JournalWriters"/>.</summary>
    [Fact]
    public void NobodyWrites_PastTheBaseClass()
    {
        var all = new[] { typeof(JournalRecord).Assembly, typeof(PersistentActor).Assembly }.SelectMany(assembly => assembly.GetTypes());

        Assert.Empty(all.Where(type => type.IsAssignableTo(typeof(Akka.Persistence.Eventsourced)) && type != typeof(NetclawPersistentActor<,>) && !IsPersistent(type)));
    }

    private static IComparer<Type> ByName { get; } = Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.FullName, b.FullName));

    private static bool IsPersistent(Type type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (at.IsGenericType && at.GetGenericTypeDefinition() == typeof(NetclawPersistentActor<,>))
            {
                return !type.GetTypeInfo().IsAbstract;
            }
        }

        return false;
    }
}
