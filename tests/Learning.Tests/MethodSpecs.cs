using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Tests;

/// <summary>Methods with options.</summary>
internal static class MethodSpecs
{
    public static MethodSpec Of(string name, params (string Name, object Value)[] options)
    {
        var values = new MethodOptions();
        foreach (var (option, value) in options)
            values[option] = JsonSerializer.SerializeToElement(value);
        return new MethodSpec { Name = name, Options = values };
    }
}
