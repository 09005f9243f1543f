using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>
/// Evaluates the arguments of <c>() => new T(a, b)</c>, once, when the Props are made. Constants and captured variables,
/// which nearly all are, are read without compiling anything.
/// </summary>
internal static class ConstructorArguments
{
    public static object[] Evaluate(NewExpression call) => [.. call.Arguments.Select(each => Evaluate(each)!)];

    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } access when access.Expression is null || IsSimple(access.Expression) =>
            field.GetValue(access.Expression is null ? null : Evaluate(access.Expression)),
        MemberExpression { Member: PropertyInfo property } access when access.Expression is null || IsSimple(access.Expression) =>
            property.GetValue(access.Expression is null ? null : Evaluate(access.Expression), BindingFlags.DoNotWrapExceptions, null, null, null),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert
            when convert.Type.IsAssignableFrom(convert.Operand.Type) => Evaluate(convert.Operand),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };

    private static bool IsSimple(Expression expression) =>
        expression is ConstantExpression || (expression is MemberExpression { Expression: { } inner } && IsSimple(inner));
}
