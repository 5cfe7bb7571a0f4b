using System.CommandLine;
using System.CommandLine.Parsing;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli;

/// <summary>
/// Words of the command line that should be numbers and are none. The library's own reading takes <c>0,9</c> for nine, and its messages name
/// types of the runtime.
/// </summary>
internal static class NumberTokens
{
    /// <summary>One error per word, with the option's name.</summary>
    public static IEnumerable<(SymbolResult Symbol, CommandError Error)> Problems(ParseResult arguments)
    {
        for (SymbolResult? command = arguments.CommandResult; command is CommandResult result; command = command.Parent)
            foreach (var symbol in result.Children)
                foreach (var token in symbol.Tokens)
                    if (Kind(symbol) is { } kind && !IsNumber(token.Value, kind))
                        yield return (symbol, Error(Name(symbol), token.Value, kind));
    }

    /// <summary>What the command line calls the option or the argument.</summary>
    public static string Name(SymbolResult symbol) => symbol switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult { Parent: OptionResult option } => option.Option.Name,
        ArgumentResult argument => argument.Argument.Name,
        _ => symbol.ToString() ?? "",
    };

    private static CommandError Error(string name, string text, Type kind)
    {
        var isWhole = kind != typeof(double);
        var example = isWhole ? "Write it in digits, for example 3." : "Write it in digits, for example 0.9.";
        var hint = NumberText.Hint(text);
        return new("usage", $"{name}: '{text}' is no {(isWhole ? "whole number" : "number")}.", isWhole && hint is not null ? example : hint ?? example);
    }

    private static bool IsNumber(string text, Type kind) => kind == typeof(double) ? NumberText.Number(text) is not null
        : NumberText.Whole(text) is { } whole && (kind == typeof(long) || whole is >= int.MinValue and <= int.MaxValue);

    private static Type? Kind(SymbolResult symbol)
    {
        var type = symbol switch { OptionResult option => option.Option.ValueType, ArgumentResult argument => argument.Argument.ValueType, _ => typeof(object) };
        type = type.IsArray ? type.GetElementType()! : type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(double) || type == typeof(int) || type == typeof(long) ? type : null;
    }
}
