using System.Reflection;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>
/// Makes what a configuration names by type. Names under <c>Akka.</c> are this runtime's, whatever assembly they mention; the
/// SQL plugins live in an assembly of their own, which is loaded when named.
/// </summary>
internal static class PluginTypes
{
    private const string SqlNames = "Akka.Persistence.Sql.";
    private const string SqlAssembly = "Netclaw.Runtime.Sql";

    private const BindingFlags Constructors = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.CreateInstance;

    /// <summary>Calls the constructor that takes the arguments, or the one that takes none.</summary>
    /// <exception cref="ConfigurationException">No such type, or it is not a <typeparamref name="T"/>.</exception>
    public static T Create<T>(string typeName, string key, params object[] arguments)
        where T : class
    {
        var type = Find(typeName)
            ?? throw new ConfigurationException($"{key} names '{typeName}', which this runtime does not have.");
        var types = Array.ConvertAll(arguments, argument => argument.GetType());
        var takesAll = arguments.Length > 0 && type.GetConstructor(Constructors, types) is not null;
        return Activator.CreateInstance(type, Constructors, null, takesAll ? arguments : null, null) as T
            ?? throw new ConfigurationException($"{key} names '{typeName}', which is no {typeof(T).Name}.");
    }

    private static Type? Find(string typeName)
    {
        var name = typeName.Split(',')[0].Trim();
        if (name.StartsWith(SqlNames, StringComparison.Ordinal))
        {
            return Assembly.Load(SqlAssembly).GetType(name);
        }

        return typeof(PluginTypes).Assembly.GetType(name) ?? Type.GetType(typeName);
    }
}
