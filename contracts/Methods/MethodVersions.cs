namespace SparsePipeline.Contracts;

/// <summary>
/// Versions of methods that recipes and specs name by their bare names: <c>AXIS/NAME</c> → <see cref="MethodInfo.Version"/>. Those of version 1 are left out,
/// so that methods which never changed keep their keys.
/// </summary>
public static class MethodVersions
{
    /// <summary>The versions that differ from 1 among some methods; null for none.</summary>
    public static IReadOnlyDictionary<string, int>? Of(IEnumerable<MethodInfo> methods) =>
        OrNull(methods.Where(m => m.Version != 1).Select(m => KeyValuePair.Create(KeyOf(m.Axis, m.Name), m.Version)));

    /// <summary>A spec with the versions of the methods it names.</summary>
    /// <param name="spec">Names methods.</param>
    /// <param name="versions">Those of all methods its recipe names; null when all are 1.</param>
    public static StepSpec Into(StepSpec spec, IReadOnlyDictionary<string, int>? versions) =>
        versions is null ? spec : spec with { Versions = OrNull(versions.Where(v => spec.NamedMethods.Any(m => IsOf(v.Key, m)))) };

    /// <summary>The version that is asked for; 1 when none is written.</summary>
    public static int Asked(IReadOnlyDictionary<string, int>? versions, string axis, string name) => versions?.GetValueOrDefault(KeyOf(axis, name), 1) ?? 1;

    /// <summary>Refuses a spec whose methods are of other versions here than the spec means.</summary>
    /// <param name="spec">Names methods.</param>
    /// <param name="here">The methods of this installation; those that it does not list are for others to look at.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.UnknownMethod"/>, so that another worker may take the step.</exception>
    public static void Ensure(StepSpec spec, IEnumerable<MethodInfo> here) => Ensure(spec.Versions, spec.NamedMethods, here);

    /// <inheritdoc cref="Ensure(StepSpec, IEnumerable{MethodInfo})"/>
    /// <param name="versions">What is asked for.</param>
    /// <param name="named">The methods in question.</param>
    /// <param name="here">The methods of this installation.</param>
    public static void Ensure(IReadOnlyDictionary<string, int>? versions, IEnumerable<NamedMethod> named, IEnumerable<MethodInfo> here)
    {
        foreach (var method in named.Where(m => m.Name is not null).Join(here, m => KeyOf(m.Axis, m.Name!), i => KeyOf(i.Axis, i.Name), (_, info) => info))
            if (Asked(versions, method.Axis, method.Name) is var asked && asked != method.Version)
                throw Other(method, asked);
    }

    /// <summary>Why a method of another version is not taken in the place of the one that is asked for.</summary>
    internal static DomainException Other(MethodInfo method, int asked) => new(
        FailureCodes.UnknownMethod,
        $"The {method.Axis} '{method.Name}' is of version {method.Version} here, and version {asked} is asked for.",
        "Use the version of SparsePipeline that the run was submitted with, or submit the recipe again.");

    private static string KeyOf(string axis, string name) => $"{axis}/{name}";

    private static bool IsOf(string key, NamedMethod method) =>
        method.Name is { } name ? key == KeyOf(method.Axis, name) : key.StartsWith(KeyOf(method.Axis, ""), StringComparison.Ordinal);

    private static SortedDictionary<string, int>? OrNull(IEnumerable<KeyValuePair<string, int>> versions) =>
        new SortedDictionary<string, int>(versions.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) is { Count: > 0 } some ? some : null;
}
