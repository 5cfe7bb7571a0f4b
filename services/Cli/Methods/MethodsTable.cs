using SparsePipeline.Contracts;
using Spectre.Console;

namespace SparsePipeline.Cli.Methods;

/// <summary>Methods for the terminal: a table per axis, or one method in full.</summary>
internal static class MethodsTable
{
    public static void Write(IAnsiConsole console, IReadOnlyList<MethodInfo> methods)
    {
        if (methods.Select(m => m.Name).Distinct().Count() == 1)
            foreach (var method in methods)
                WriteWhole(console, method);
        else
            foreach (var axis in methods.GroupBy(m => m.Axis))
                WriteAxis(console, axis);
    }

    private static void WriteAxis(IAnsiConsole console, IGrouping<string, MethodInfo> axis)
    {
        var table = new Table().Border(TableBorder.Simple).Title(axis.Key).AddColumns("name", "use it when", "options");
        foreach (var method in axis)
            table.AddRow(Markup.Escape(method.Name), Markup.Escape(method.UseWhen), Markup.Escape(string.Join(", ", method.Options.Select(o => o.Name))));
        console.Write(table);
    }

    private static void WriteWhole(IAnsiConsole console, MethodInfo method)
    {
        console.WriteLine($"{method.Axis}: {method.Name}, {method.Title}");
        console.WriteLine(method.UseWhen);
        if (method.Paper is { } paper)
            console.WriteLine($"Source: {paper}");
        if (method.File is { } file)
            console.WriteLine($"  file: {file}");
        foreach (var option in method.Options)
            console.WriteLine($"  {option.Name} ({option.Type}, default {OptionText.Default(option)}, {OptionText.Range(option)}): {option.Description}");
    }
}
