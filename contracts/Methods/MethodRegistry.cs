using System.Collections.Frozen;

namespace SparsePipeline.Contracts;

/// <summary>The methods of one axis, by name.</summary>
/// <typeparam name="T">What the axis consists of.</typeparam>
public sealed class MethodRegistry<T>
    where T : class, IMethod
{
    private readonly string _axis;
    private readonly FrozenDictionary<string, T> _byName;

    /// <param name="axis">One of <see cref="MethodAxes"/>.</param>
    /// <param name="methods">All methods of the axis.</param>
    /// <exception cref="ArgumentException">Two methods share a name, or one belongs to another axis.</exception>
    public MethodRegistry(string axis, params IReadOnlyList<T> methods)
    {
        var stray = methods.FirstOrDefault(m => m.Info.Axis != axis);
        if (stray is not null)
            throw new ArgumentException($"'{stray.Info.Name}' is of axis '{stray.Info.Axis}', not '{axis}'.", nameof(methods));
        _axis = axis;
        _byName = methods.ToDictionary(m => m.Info.Name, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);
        All = [.. methods.OrderBy(m => m.Info.Name, StringComparer.Ordinal)];
    }

    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyList<T> All { get; }

    /// <summary>Metadata of all methods, in ordinal order of their names.</summary>
    public IReadOnlyList<MethodInfo> Infos => [.. All.Select(m => m.Info)];

    /// <summary>Whether the axis knows the name.</summary>
    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>How a spec names a method as this installation has it; an unknown name is refused by whoever looks for it.</summary>
    public MethodSpec SpecOf(string name, MethodOptions? options = null) =>
        (_byName.TryGetValue(name, out var method) ? MethodSpec.Of(method.Info) : MethodSpec.Of(name)) with { Options = options };

    /// <summary>The method of that name.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.UnknownMethod"/>, listing the names there are.</exception>
    public T Find(string name) => _byName.TryGetValue(name, out var method)
        ? method
        : throw new DomainException(
            FailureCodes.UnknownMethod, $"There is no {_axis} '{name}'.", NameSuggestion.For(name, [.. All.Select(m => m.Info.Name)]));

    /// <summary>The method of that name, if it is of the version asked for and all options fit.</summary>
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.UnknownMethod"/>, or <see cref="FailureCodes.InvalidOption"/>, naming every option that does not fit.
    /// </exception>
    public T Find(MethodSpec spec)
    {
        var method = Find(spec.Name);
        if ((spec.Version ?? 1) != method.Info.Version)
            throw MethodVersions.Other(method.Info, spec.Version ?? 1);
        _ = new OptionValues(method.Info, spec.Options);
        return method;
    }
}
