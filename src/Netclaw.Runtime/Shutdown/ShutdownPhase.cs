using Akka.Configuration;

namespace Akka.Actor;

/// <summary>A phase of the coordinated shutdown, as configured.</summary>
internal sealed record ShutdownPhase(string Name, IReadOnlyList<string> DependsOn, TimeSpan Timeout, bool Recover, bool Enabled)
{
    /// <summary>The phases of a configuration, each after all those it depends on; otherwise in the order of their names.</summary>
    /// <exception cref="ArgumentException">Phases depend on each other in a circle.</exception>
    public static IReadOnlyList<ShutdownPhase> Read(Config config)
    {
        var defaultTimeout = config.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5), allowInfinite: false);
        var phases = config.GetConfig("phases").AsEnumerable()
            .Where(static pair => pair.Value.IsObject())
            .Select(pair => Read(pair.Key, pair.Value.ToConfig(), defaultTimeout))
            .ToDictionary(static phase => phase.Name, StringComparer.Ordinal);
        foreach (var missing in phases.Values.SelectMany(static phase => phase.DependsOn).Where(name => !phases.ContainsKey(name)).ToList())
            phases.TryAdd(missing, new ShutdownPhase(missing, [], defaultTimeout, Recover: true, Enabled: true));
        return Sort(phases);
    }

    private static ShutdownPhase Read(string name, Config config, TimeSpan defaultTimeout) => new(
        name,
        [.. config.GetStringList("depends-on")],
        config.GetTimeSpan("timeout", defaultTimeout, allowInfinite: false),
        config.GetBoolean("recover", true),
        config.GetBoolean("enabled", true));

    private static List<ShutdownPhase> Sort(Dictionary<string, ShutdownPhase> phases)
    {
        var sorted = new List<ShutdownPhase>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        foreach (var name in phases.Keys.Order(StringComparer.Ordinal)) Visit(name);
        return sorted;

        void Visit(string name)
        {
            if (path.Contains(name, StringComparer.Ordinal))
                throw new ArgumentException($"The phases of akka.coordinated-shutdown depend on each other in a circle: {string.Join(" -> ", path.SkipWhile(earlier => earlier != name).Append(name))}.");
            if (!visited.Add(name)) return;
            path.Add(name);
            foreach (var earlier in phases[name].DependsOn.Order(StringComparer.Ordinal)) Visit(earlier);
            path.RemoveAt(path.Count - 1);
            sorted.Add(phases[name]);
        }
    }
}
