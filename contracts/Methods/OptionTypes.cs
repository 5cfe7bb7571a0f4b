namespace SparsePipeline.Contracts;

/// <summary>Values of <see cref="OptionInfo.Type"/>.</summary>
public static class OptionTypes
{
    public const string Integer = "integer";
    public const string Number = "number";
    public const string String = "string";
    public const string Boolean = "boolean";

    /// <summary>A list of integers.</summary>
    public const string Integers = "integers";

    /// <summary>A list of numbers.</summary>
    public const string Numbers = "numbers";
}
