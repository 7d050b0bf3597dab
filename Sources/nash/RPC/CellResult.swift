import Language

/// How a cell ended, as `execute` answers it.
struct CellResult {
    var request: CellRequest
    /// The `n` of `out[n]`; 0 for a cell that was never begun.
    var number = 0
    var time = Duration.zero
    /// What it ended with instead of its result.
    var error: CellError?

    var json: JSON {
        let (seconds, fraction) = time.components
        let microseconds = Double(seconds) * 1e6 + (Double(fraction) * 1e-12).rounded()
        return .object([
            "status": status, "count": JSON(.int(number)), "wall_ms": JSON(.float(microseconds / 1e3)),
            "error": diagnostic,
        ])
    }

    private var status: JSON {
        switch error {
        case nil: "done"
        case .failed: "failed"
        case .rejected: "rejected"
        case .cancelled: "cancelled"
        }
    }

    private var diagnostic: JSON? {
        switch error {
        case .rejected(let diagnostic), .failed(let diagnostic): json(diagnostic)
        case nil, .cancelled: nil
        }
    }

    private func json(_ diagnostic: Diagnostic) -> JSON {
        let plain = Renderer(width: request.width, isColoured: false)
        let coloured = Renderer(width: request.width, isColoured: true)
        return .object([
            "code": JSON(diagnostic.code.rawValue), "message": JSON(diagnostic.message),
            "text": JSON(plain.render(diagnostic)), "ansi": JSON(coloured.render(diagnostic)),
            "diagnostic": JSON(raw: JSONRenderer.render(diagnostic)),
        ])
    }
}
