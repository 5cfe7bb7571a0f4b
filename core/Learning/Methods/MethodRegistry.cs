using System.Collections.Frozen;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Methods;

/// <summary>The methods of one axis by name. A name registered twice is a programming error and refused at start.</summary>
internal sealed class MethodRegistry<T>(string axis, IEnumerable<T> methods)
    where T : IMethod
{
    private readonly FrozenDictionary<string, T> _byName = methods.ToDictionary(m => m.Info.Name).ToFrozenDictionary();

    /// <summary>Metadata of all methods, ordered by name.</summary>
    public IReadOnlyList<MethodInfo> Infos => [.. _byName.Values.Select(m => m.Info).OrderBy(i => i.Name, StringComparer.Ordinal)];

    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>The method, or a <see cref="DomainException"/> that lists the known names.</summary>
    public T Find(string name) => _byName.TryGetValue(name, out var method)
        ? method
        : throw new DomainException(
            FailureCodes.UnknownMethod,
            $"Unknown {axis} '{name}'.",
            $"Choose one of: {string.Join(", ", _byName.Keys.Order(StringComparer.Ordinal))}.");
}
