using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Reads the pickle of a TorchScript archive as far as libtorch writes it: modules, their attributes, tensors. Nothing is executed: names of
/// classes and functions are texts here, and what is called is not looked at, but for the making of a tensor.
/// </summary>
/// <remarks>The format is Python's pickle protocol 2 (PEP 307); the opcodes are those of torch/csrc/jit/serialization/pickler.cpp.</remarks>
internal sealed class ScriptPickle
{
    private const string Rebuild = "torch._utils._rebuild_tensor_v2";
    private static readonly object Mark = new();
    private readonly byte[] _bytes;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<int, object?> _memo = [];
    private int _at;

    private ScriptPickle(byte[] bytes) => _bytes = bytes;

    /// <summary>The script's module.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such pickle.</exception>
    public static ScriptObject Read(byte[] bytes)
    {
        try
        {
            return new ScriptPickle(bytes).Run() as ScriptObject ?? throw new InvalidDataException("The pickle holds no module.");
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or InvalidCastException or KeyNotFoundException or OverflowException or FormatException)
        {
            throw new InvalidDataException("The pickle is broken.", exception);
        }
    }

    private object? Run()
    {
        while (true)
        {
            var code = _bytes[_at++];
            if (code == '.')
                return Pop();
            Step((char)code);
        }
    }

    private void Step(char code)
    {
        switch (code)
        {
            case '\x80': _at++; break;
            case '(': _stack.Add(Mark); break;
            case 'q': _memo[_bytes[_at++]] = _stack[^1]; break;
            case 'r': _memo[Int32()] = _stack[^1]; break;
            case 'h': _stack.Add(_memo[_bytes[_at++]]); break;
            case 'j': _stack.Add(_memo[Int32()]); break;
            case 'u': SetItems(); break;
            case 'e': PopToMark(); break;
            case 'a' or '0': Pop(); break;
            case 's': (_, _) = (Pop(), Pop()); break;
            case 'b': Build(); break;
            case 'R': Reduce(); break;
            case 'Q': _stack.Add(((object?[])Pop()!)[2]); break;
            case '\x81': Pop(); _stack.Add(new ScriptObject((string)Pop()!)); break;
            default: _stack.Add(Value(code)); break;
        }
    }

    private object? Value(char code) => code switch
    {
        'N' => null,
        '\x88' => true,
        '\x89' => false,
        'K' => (long)_bytes[_at++],
        'M' => (long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)),
        'J' => (long)Int32(),
        '\x8a' => Long(),
        'G' => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
        'X' => Encoding.UTF8.GetString(Take(Int32())),
        'c' => $"{Line()}.{Line()}",
        ')' => Array.Empty<object?>(),
        't' => PopToMark(),
        '\x85' => (object?[])[Pop()],
        '\x86' => Last(2),
        '\x87' => Last(3),
        ']' => new List<object?>(),
        '}' => new Dictionary<string, object?>(StringComparer.Ordinal),
        _ => throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The pickle has the opcode {(int)code}, which scripts have not.")),
    };

    /// <summary>Only a tensor's making matters: storage, offset, sizes, …</summary>
    private void Reduce()
    {
        var (arguments, function) = (Pop() as object?[], Pop() as string);
        _stack.Add(function == Rebuild && arguments is [string storage, long offset, object?[] shape, ..]
            ? new ScriptTensor(storage, offset, [.. shape.Cast<long>()])
            : null);
    }

    private void Build()
    {
        var state = Pop() as Dictionary<string, object?>;
        if (_stack[^1] is ScriptObject module)
            foreach (var (name, value) in state ?? [])
                module.Attributes[name] = value;
    }

    private void SetItems()
    {
        var items = PopToMark();
        if (_stack[^1] is Dictionary<string, object?> target)
            for (var i = 0; i + 1 < items.Length; i += 2)
                if (items[i] is string name)
                    target[name] = items[i + 1];
    }

    private object?[] Last(int count)
    {
        object?[] items = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private object?[] PopToMark()
    {
        var mark = _stack.LastIndexOf(Mark);
        object?[] items = [.. _stack[(mark + 1)..]];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private object? Pop()
    {
        var value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private long Long()
    {
        var bytes = Take(_bytes[_at++]);
        return (long)new System.Numerics.BigInteger(bytes);
    }

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _bytes.AsSpan(_at, count);
        _at += count;
        return taken;
    }

    private string Line()
    {
        var end = Array.IndexOf(_bytes, (byte)'\n', _at);
        var line = Encoding.UTF8.GetString(_bytes.AsSpan(_at, end - _at));
        _at = end + 1;
        return line;
    }
}
