#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/describe/enum.hpp>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <tl/expected.hpp>
#include <utility>

namespace keisei::http {

struct RoomOptions {
  std::size_t places = 64;
  std::size_t places_per_address = 32;
};

/// Why a connection gets no place.
BOOST_DEFINE_ENUM_CLASS(NoPlace, full, full_for_address)

/// A connection that may be sent away so that another gets its place.
class Guest {
 public:
  virtual ~Guest() = default;
  /// Ends the connection, and gives its place back within the call.
  virtual void leave() = 0;
};

/// The places of one port: a connection has one from its acceptance to its end, and so there are
/// never more than that, whatever they do. When all are taken, whoever has been longest at its
/// present request leaves for the newcomer: who idles, who dawdles. For one thread; lives as long
/// as its last place.
class Room : public std::enable_shared_from_this<Room> {
 public:
  /// One connection's; free again when this object is gone.
  class Place {
   public:
    Place() = default;
    ~Place() { give_back(); }
    Place(Place&& other) noexcept;
    Place& operator=(Place&& other) noexcept;

    /// The guest begins a request: of all, it is now the last to be sent away.
    void begin(Guest& guest);
    /// From now on it is not sent away.
    void keep();

   private:
    friend class Room;
    using PerAddress = std::pair<const boost::asio::ip::address, std::size_t>;

    void give_back();

    std::shared_ptr<Room> room_;
    PerAddress* address_ = nullptr;  // null: exempt
    std::list<Guest*>::iterator where_{};
    bool is_guest_ = false;
  };

  static std::shared_ptr<Room> make(const RoomOptions& options) {
    return std::shared_ptr<Room>(new Room(options));
  }

  /// A place for who connects from `peer`; exempt from the limit of its address or not.
  tl::expected<Place, NoPlace> enter(const boost::asio::ip::address& peer, bool is_exempt);

  /// Makes room for something else. Whether anyone could be sent away.
  bool send_one_away();

  std::size_t places() const { return options_.places; }
  std::size_t places_per_address() const { return options_.places_per_address; }
  std::size_t taken() const { return taken_; }
  /// How many have been sent away so far.
  std::size_t sent_away() const { return sent_away_; }

 private:
  explicit Room(const RoomOptions& options) : options_(options) {}

  RoomOptions options_;
  std::size_t taken_ = 0;
  std::size_t sent_away_ = 0;
  std::map<boost::asio::ip::address, std::size_t> per_address_;
  std::list<Guest*> guests_;  // the first has been longest at its request
};

}  // namespace keisei::http
