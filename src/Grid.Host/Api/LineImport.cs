using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>
/// Takes entries from a stream.
/// In: lines of CSV (<c>text/csv</c>; a first line with the column names, or the columns in the order of the kind) or of JSON
/// (<c>application/x-ndjson</c>). Out: how many were taken, and what was wrong with the others.
/// Guarantees: what is counted as imported is durable; memory holds one batch, however long the stream; a wrong line stops nothing.
/// Fails: a line above 8 KiB ends the import with what came before it kept, and the answer says so.
/// </summary>
internal abstract class LineImport<TLine>(IEnumerable<string> columns)
    where TLine : class
{
    private const int MaxLineBytes = 8 * 1024;
    private const int MaxErrors = 100;
    private const int BatchLines = 500;

    private readonly List<FieldError> _errors = [];
    private List<string> _columns = [.. columns];
    private long _lines;
    private long _imported;
    private long _refused;
    private int _waiting;

    /// <summary>A line of the fields of CSV, each null where it is empty.</summary>
    protected abstract TLine OfFields(Func<string, string?> field);

    /// <summary>A line of JSON.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    protected abstract TLine? OfJson(string line);

    /// <summary>Takes a line into the batch; false after a fault.</summary>
    protected abstract bool Add(TLine line, Faults faults);

    /// <summary>Keeps the batch and empties it; returns how many there was no room for.</summary>
    protected abstract ValueTask<int> KeepAsync(CancellationToken cancellationToken);

    /// <summary>What has no room.</summary>
    protected virtual string NoRoom => "";

    /// <summary>Reads to the end.</summary>
    public async ValueTask<SuppressionImportBody> RunAsync(PipeReader reader, bool isCsv, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (TryLine(ref buffer, read.IsCompleted, out var line))
            {
                Take(line, isCsv);
                if (_waiting == BatchLines)
                {
                    await FlushAsync(cancellationToken);
                }
            }

            var isTooLong = buffer.Length > MaxLineBytes;
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (isTooLong)
            {
                _lines++;
                Refuse($"is longer than {MaxLineBytes} bytes; nothing after it was read");
            }

            if (isTooLong || read.IsCompleted)
            {
                await FlushAsync(cancellationToken);
                return new(_imported, _refused, _errors);
            }
        }
    }

    private static bool TryLine(ref ReadOnlySequence<byte> buffer, bool isLast, out string line)
    {
        line = "";
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            var whole = buffer.Slice(0, end);
            if (whole.Length > MaxLineBytes)
            {
                return false;
            }

            line = Encoding.UTF8.GetString(whole).TrimEnd('\r');
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        if (!isLast || buffer.IsEmpty || buffer.Length > MaxLineBytes)
        {
            return false;
        }

        line = Encoding.UTF8.GetString(buffer).TrimEnd('\r');
        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private void Take(string line, bool isCsv)
    {
        _lines++;
        line = _lines == 1 ? line.TrimStart('\uFEFF') : line;
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        if (line.Contains('\uFFFD'))
        {
            // A lost letter makes another address of it, and the one that was meant would be mailed on.
            Refuse("is not UTF-8, or has a character that was lost before (U+FFFD)");
            return;
        }

        var given = isCsv ? OfCsv(line) : Read(line);
        if (given is null)
        {
            return;
        }

        var faults = new Faults();
        if (Add(given, faults))
        {
            _waiting++;
        }
        else
        {
            Refuse($"{faults.Errors[0].Field} {faults.Errors[0].Message}");
        }
    }

    private TLine? OfCsv(string line)
    {
        if (!CsvLine.TryRead(line, out var fields))
        {
            Refuse("is no line of CSV: quotes don't match, or there are too many fields");
            return null;
        }

        if (_lines == 1 && fields.Contains("address", StringComparer.OrdinalIgnoreCase))
        {
            _columns = [.. fields.Select(name => name.ToLowerInvariant())];
            return null;
        }

        string? Field(string name) => _columns.IndexOf(name) is >= 0 and var at && at < fields.Count && fields[at].Length > 0 ? fields[at] : null;
        return OfFields(Field);
    }

    private TLine? Read(string line)
    {
        try
        {
            return OfJson(line);
        }
        catch (JsonException e)
        {
            var fault = JsonRequest.Explain(e);
            Refuse($"is no JSON object as it is taken: {fault.Field}: {fault.Message}");
            return null;
        }
    }

    private void Refuse(string why)
    {
        _refused++;
        if (_errors.Count < MaxErrors)
        {
            _errors.Add(new(string.Create(CultureInfo.InvariantCulture, $"line {_lines}"), why));
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_waiting > 0)
        {
            var leftOut = await KeepAsync(cancellationToken);
            _imported += _waiting - leftOut;
            _waiting = 0;
            if (leftOut > 0)
            {
                Refuse(string.Create(CultureInfo.InvariantCulture, $"and those before it: {leftOut} {NoRoom}"));
                _refused += leftOut - 1;
            }
        }
    }
}
