using System.Reflection;

namespace Akka.Actor;

/// <summary>Makes instances by a constructor that fits the arguments; finds it once.</summary>
internal sealed class ConstructorProducer(Type type, object[] arguments, ConstructorInfo? constructor = null) : IIndirectActorProducer
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private ConstructorInvoker? invoker;
    private object?[]? complete;

    public Type ActorType => type;

    public ActorBase Produce()
    {
        invoker ??= Find();
        return (ActorBase)(complete is null ? invoker.Invoke() : invoker.Invoke(complete.AsSpan()));
    }

    public void Release(ActorBase actor)
    {
        if (actor is IDisposable disposable)
            disposable.Dispose();
    }

    /// <exception cref="MissingMethodException">No constructor, or more than one, takes the arguments.</exception>
    private ConstructorInvoker Find()
    {
        var fitting = constructor is not null ? [constructor] : Array.FindAll(type.GetConstructors(Any), Fits);
        if (fitting.Length > 1)
        {
            var exact = Array.FindAll(fitting, each => each.GetParameters().Length == arguments.Length);
            fitting = exact.Length > 0 ? exact : fitting;
        }

        if (fitting.Length > 1 && Type.DefaultBinder is { } binder && Array.TrueForAll(arguments, each => each is not null))
        {
            var types = Array.ConvertAll(arguments, each => each.GetType());
            if (binder.SelectMethod(Any, fitting, types, null) is ConstructorInfo best)
                fitting = [best];
        }

        if (fitting.Length != 1)
        {
            throw new MissingMethodException(
                $"{(fitting.Length == 0 ? "No constructor" : "More than one constructor")} of {type} takes ({string.Join(", ", arguments.Select(each => each?.GetType().Name ?? "null"))}).");
        }

        var parameters = fitting[0].GetParameters();
        complete = parameters.Length == 0 ? null
            : [.. parameters.Select((each, index) => index < arguments.Length ? arguments[index] : each.DefaultValue)];
        return ConstructorInvoker.Create(fitting[0]);
    }

    private bool Fits(ConstructorInfo candidate)
    {
        var parameters = candidate.GetParameters();
        if (parameters.Length < arguments.Length)
            return false;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (i >= arguments.Length ? !parameters[i].HasDefaultValue : !Takes(parameters[i].ParameterType, arguments[i]))
                return false;
        }

        return true;
    }

    private static bool Takes(Type parameter, object? argument) =>
        argument is null ? !parameter.IsValueType || Nullable.GetUnderlyingType(parameter) is not null : parameter.IsInstanceOfType(argument);
}
