using System.Diagnostics.CodeAnalysis;

namespace Akka.Util;

/// <summary>
/// Finds the type a configuration names. Names of the real packages carry their assemblies
/// ("Akka.TestKit.TestScheduler, Akka.TestKit"), which do not exist here: a type under <c>Akka.</c>
/// is found by full name in whichever loaded assembly has it.
/// </summary>
internal static class NamedType
{
    public static Type Get(string name, string key) =>
        TryGet(name, out var type)
            ? type
            : throw new Akka.Configuration.ConfigurationException(
                $"{key} names the type '{name}', which no loaded assembly has. Check the spelling, or reference the assembly that holds it.");

    public static bool TryGet(string name, [NotNullWhen(true)] out Type? type)
    {
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        var fullName = (comma < 0 ? name : name[..comma]).Trim();
        type = typeof(NamedType).Assembly.GetType(fullName);
        if (type is null && !fullName.StartsWith("Akka.", StringComparison.Ordinal))
            type = Type.GetType(name, throwOnError: false);
        if (type is not null)
            return true;
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            type = assembly.GetType(fullName, throwOnError: false);
            if (type is not null)
                return true;
        }

        return false;
    }
}
